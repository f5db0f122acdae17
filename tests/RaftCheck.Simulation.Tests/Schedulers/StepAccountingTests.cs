using System.Text.RegularExpressions;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Schedulers;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.Schedulers;

/// <summary>
/// Coyote's steps are what a run under it costs. Coyote itself says, in its debug log, what each of them was for; and they
/// are no more than two for each thing that the system under test does.
/// </summary>
public sealed partial class StepAccountingTests
{
    public static TheoryData<CoyoteStrategy> Strategies => Run.Strategies;

    [Theory, MemberData(nameof(Strategies))]
    public void Coyote_makes_at_most_two_steps_for_each_lock_await_and_task_start(CoyoteStrategy strategy)
    {
        var (steps, coyoteSteps, points) = Count(strategy, seed: 1);

        // Nothing but a lock that is taken, and an operation that waits for its turn or ends.
        Assert.Equal(["Acquire", "Complete", "Pause"], points.Keys.Order());
        Assert.Equal(coyoteSteps, points.Values.Sum());
        Assert.True(points["Acquire"] > 200 && steps > 200, "The run did no real work.");
        Assert.True(
            coyoteSteps <= 2 * (points["Acquire"] + steps),
            $"{coyoteSteps} steps for {points["Acquire"]} locks and {steps} task starts and resumed awaits.");
    }

    [Fact]
    public void The_scheduler_reports_the_steps_that_Coyote_made_in_each_run()
    {
        var runs = Run.Explore(new CoyoteScheduler(CoyoteStrategy.Random), RaftScenarios.RewrittenRaft, RaftScenarios.Usual(), 1, 4);
        var (steps, coyoteSteps, _) = Count(CoyoteStrategy.Random, seed: 1);
        Assert.Equal((steps, coyoteSteps), (runs[0].Statistics.Steps, runs[0].Statistics.CoyoteSteps));
        Assert.All(runs, run => Assert.InRange(run.Statistics.CoyoteSteps, run.Statistics.Steps, 4 * run.Statistics.Steps));
        Assert.True(runs.Select(run => run.Statistics.CoyoteSteps).Distinct().Count() > 1);
    }

    private static (long Steps, long CoyoteSteps, Dictionary<string, int> Points) Count(CoyoteStrategy strategy, int seed)
    {
        var points = new PointCounter();
        RunResult? result = null;
        new CoyoteScheduler(strategy) { DebugLog = points }.Explore(RaftScenarios.RewrittenRaft, RaftScenarios.Usual(), seed, 1, run =>
        {
            result = run;
            return true;
        });
        Assert.Equal(Verdict.Pass, result?.Verdict);
        return (result!.Statistics.Steps, result.Statistics.CoyoteSteps, points.Counts);
    }

    /// <summary>Reads Coyote's debug log, and counts the scheduling points by their kind.</summary>
    private sealed partial class PointCounter : StringWriter
    {
        public Dictionary<string, int> Counts { get; } = [];

        public override void WriteLine(string? value)
        {
            if (value is not null && Reached().Match(value) is { Success: true } reached)
            {
                var point = reached.Groups[1].Value;
                Counts[point] = Counts.GetValueOrDefault(point) + 1;
            }
        }

        public override void Write(string? value) => WriteLine(value);

        [GeneratedRegex("reached scheduling point '(.*?)'")]
        private static partial Regex Reached();
    }
}
