using RaftCheck.Linearizability;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Schedulers;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.Tests.Toys;

/// <summary>Short ways to run a scenario.</summary>
public static class Run
{
    /// <summary>The cooperative scheduler, and Coyote: for theories about what must be the same under both.</summary>
    public static TheoryData<string> BothSchedulers { get; } = [CooperativeScheduler.SchedulerName, CoyoteScheduler.SchedulerName];

    /// <summary>Every strategy of Coyote.</summary>
    public static TheoryData<CoyoteStrategy> Strategies { get; } = new(Enum.GetValues<CoyoteStrategy>());

    public static RunResult Once(ISystemUnderTest system, Scenario scenario, int seed = 1, string scheduler = CooperativeScheduler.SchedulerName) =>
        Explore(Named(scheduler), system, scenario, seed, 1)[0];

    public static List<RunResult> Explore(IScheduler scheduler, ISystemUnderTest system, Scenario scenario, int seed, int schedules)
    {
        var results = new List<RunResult>();
        scheduler.Explore(system, scenario, seed, schedules, result =>
        {
            results.Add(result);
            return true;
        });
        return results;
    }

    public static IScheduler Named(string scheduler) =>
        scheduler == CoyoteScheduler.SchedulerName ? new CoyoteScheduler(CoyoteStrategy.Random) : new CooperativeScheduler();

    /// <summary>All that a reader can see of a run, as text: two runs are the same if these are.</summary>
    public static string Render(RunResult result)
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine($"{result.Verdict} {result.Reason} {result.Violation}");
        foreach (var e in result.Trace)
        {
            text.WriteLine($"{e.TimeUs} n{e.Server} {e.Name} {e.Peer} {(e.Detail is null ? "" : result.Describe(e.Detail))}");
        }

        JsonLinesWriter.Write(result.History, text);
        return text.ToString();
    }

    /// <summary>The events of that name, with what they say.</summary>
    public static List<(double AtMs, int Server, int Peer, string Detail)> Events(this RunResult result, string name) =>
    [
        .. result.Trace.Where(e => e.Name == name).Select(e => (e.TimeUs / 1000.0, e.Server, e.Peer, e.Detail is null ? "" : result.Describe(e.Detail))),
    ];
}
