using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Schedulers;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests;

/// <summary>The Raft passes, whatever happens to it; and the runs show that much has happened.</summary>
public sealed class RaftRunsTests
{
    [Fact]
    public void Three_hundred_scenarios_pass_under_the_cooperative_scheduler_and_did_real_work()
    {
        var runs = Enumerable.Range(0, 300).Select(number => CooperativeScheduler.Run(RaftScenarios.Raft, RaftScenarios.Numbered(number), number)).ToList();
        Assert.All(runs, AssertPass);
        var total = runs.Select(run => run.Statistics).ToList();
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.True(total.Sum(s => s.FaultsApplied[(int)kind]) > 30, $"{kind} was hardly ever applied."));
        Assert.True(total.Sum(s => s.OperationsOk) > 300 * 8, "Few operations were done.");
        Assert.True(total.Sum(s => s.OperationsInfo) > 100, "Few operations were left open.");
        Assert.True(total.Sum(s => s.TornWrites) > 20, "Few writes were torn.");
        Assert.True(total.Sum(s => s.CommitsUnderFaults) > 500, "Little was committed under faults.");
        Assert.True(total.Sum(s => s.LeadersElected) > 400, "Few leaders were elected.");
        Assert.True(total.Sum(s => s.MessagesDuplicated) > 300 && total.Sum(s => s.MessagesDelayed) > 300 && total.Sum(s => s.MessagesLost) > 3_000, "The network was quiet.");
        Assert.True(total.Count(s => s.IsIdle) < 15, "Too many runs did nothing.");
    }

    [Fact]
    public void Twelve_scenarios_pass_under_Coyote_two_of_each_strategy()
    {
        for (var number = 0; number < 12; number++)
        {
            var scheduler = new CoyoteScheduler(CoyoteStrategies.All[number % CoyoteStrategies.All.Count].Strategy);
            Assert.All(Run.Explore(scheduler, RaftScenarios.RewrittenRaft, RaftScenarios.Numbered(number + 1), number, 1), AssertPass);
        }
    }

    private static void AssertPass(RunResult run) => Assert.True(run.Verdict == Verdict.Pass, $"{run.Verdict}: {run.Violation} {run.Reason}");
}
