using System.Text.RegularExpressions;
using Microsoft.Coyote;
using Microsoft.Coyote.Logging;
using Microsoft.Coyote.SystematicTesting;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Schedulers;
using RaftCheck.Simulation.Tests.Toys;
using RaftCheck.Simulation.World;

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

    private static (long Steps, long CoyoteSteps, Dictionary<string, int> Points) Count(CoyoteStrategy strategy, uint seed)
    {
        var points = new PointCounter();
        RunResult? result = null;
        var configuration = strategy.Apply(Configuration.Create()
            .WithMaxSchedulingSteps(1_000_000, 1_000_000)
            .WithLockAccessRaceCheckingEnabled()
            .WithPartiallyControlledConcurrencyAllowed(false)
            .WithSystematicFuzzingFallbackEnabled(false)
            .WithTelemetryEnabled(false)
            .WithConsoleLoggingEnabled(false)
            .WithVerbosityEnabled(VerbosityLevel.Debug)
            .WithTestingIterations(1)
            .WithRandomGeneratorSeed(seed));
        using var engine = TestingEngine.Create(configuration, () =>
        {
            var world = new VirtualWorld(RaftScenarios.RewrittenRaft, RaftScenarios.Usual());
            new ControlledRun(world).RunToEnd();
            result = world.Finish();
        });
        engine.SetLogger(new TextWriterLogger(points, VerbosityLevel.Debug));
        engine.Run();
        Assert.Equal(Verdict.Pass, result?.Verdict);
        return (result!.Statistics.Steps, engine.TestReport.TotalExploredFairSteps + engine.TestReport.TotalExploredUnfairSteps, points.Counts);
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
