using System.Reflection;
using Microsoft.Coyote;
using RaftCheck.Simulation.Schedulers;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.Schedulers;

/// <summary>The same build, scenario and seed give the same run, byte for byte; another seed gives another.</summary>
public sealed class DeterminismTests
{
    public static TheoryData<CoyoteStrategy> Strategies => Run.Strategies;

    [Fact]
    public void The_cooperative_scheduler_repeats_a_run_from_its_seed()
    {
        for (var number = 0; number < 10; number++)
        {
            var scenario = RaftScenarios.Numbered(number);
            var first = CooperativeScheduler.Run(RaftScenarios.Raft, scenario, 100 + number);
            Assert.Equal(100 + number, first.ScheduleSeed);
            Assert.NotEmpty(first.Trace);
            Assert.NotEmpty(first.History);
            Assert.Equal(Run.Render(first), Run.Render(CooperativeScheduler.Run(RaftScenarios.Raft, scenario, first.ScheduleSeed)));
        }
    }

    [Fact]
    public void The_cooperative_scheduler_draws_another_schedule_from_another_seed()
    {
        var runs = Run.Explore(new CooperativeScheduler(), RaftScenarios.Raft, RaftScenarios.Usual(), 1, 6);
        Assert.Equal([1, 2, 3, 4, 5, 6], runs.Select(run => run.ScheduleSeed));
        Assert.Equal(6, runs.Select(Run.Render).Distinct().Count());
    }

    [Fact]
    public void The_scenarios_seed_draws_another_world()
    {
        var runs = Enumerable.Range(0, 6).Select(seed => CooperativeScheduler.Run(RaftScenarios.Raft, RaftScenarios.Usual(seed), 1));
        Assert.Equal(6, runs.Select(Run.Render).Distinct().Count());
    }

    [Theory, MemberData(nameof(Strategies))]
    public void Coyote_repeats_its_runs_from_their_seed_and_explores(CoyoteStrategy strategy)
    {
        var first = Explore(strategy, seed: 7, schedules: 6);
        var second = Explore(strategy, seed: 7, schedules: 6);
        Assert.Equal(6, first.Count);
        Assert.Equal(first, second);
        Assert.True(first.Distinct().Count() >= 2, "Six schedules were all the same.");
    }

    [Theory, MemberData(nameof(Strategies))]
    public void Coyote_draws_other_schedules_from_another_seed(CoyoteStrategy strategy) =>
        Assert.NotEqual(Explore(strategy, seed: 1, schedules: 3), Explore(strategy, seed: 2, schedules: 3));

    [Theory, MemberData(nameof(Strategies))]
    public void Under_every_strategy_the_time_passes_and_the_work_gets_done(CoyoteStrategy strategy)
    {
        foreach (var run in Run.Explore(new CoyoteScheduler(strategy), RaftScenarios.RewrittenRaft, RaftScenarios.Usual(), 5, 2))
        {
            Assert.InRange(run.Statistics.VirtualMs, 650, 3_000); // The fault ends at 650 ms.
            Assert.True(run.Statistics.OperationsOk >= 4, $"Only {run.Statistics.OperationsOk} operations were done.");
            Assert.True(run.Statistics.CoyoteSteps > run.Statistics.Steps / 2, "Coyote made hardly any choice.");
            Assert.False(run.Statistics.IsIdle);
        }
    }

    /// <summary>What one process can't see: with Coyote's own hashing, one seed would be another run in the next process.</summary>
    [Fact]
    public void Q_learning_does_not_hash_strings_whose_hash_codes_differ_from_process_to_process()
    {
        var field = typeof(Configuration).GetField("IsImplicitProgramStateHashingEnabled", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);
        Assert.Equal(true, field!.GetValue(Configuration.Create().WithQLearningStrategy()));
        Assert.Equal(false, field.GetValue(CoyoteStrategy.QLearning.Apply(Configuration.Create())));
    }

    [Fact]
    public void The_cooperative_scheduler_reports_no_steps_of_Coyotes() =>
        Assert.Equal(0, CooperativeScheduler.Run(RaftScenarios.Raft, RaftScenarios.Usual(), 1).Statistics.CoyoteSteps);

    [Theory, InlineData("cooperative"), InlineData("coyote")]
    public void An_exploration_stops_when_its_reader_has_seen_enough(string scheduler)
    {
        var runs = 0;
        Run.Named(scheduler).Explore(new ToySystem(), Given.Scenario().Until(10), 1, 5, _ => ++runs < 2);
        Assert.Equal(2, runs);
    }

    [Theory, InlineData("cooperative"), InlineData("coyote")]
    public void An_exploration_stops_after_the_first_run_that_does_not_pass(string scheduler)
    {
        var begun = 0;
        var system = new ToySystem
        {
            OnStart = server =>
            {
                if (++begun == 3)
                {
                    server.Recorder.Violate("Third Time", "It was the third run.");
                }

                return Task.CompletedTask;
            },
        };
        var runs = Run.Explore(Run.Named(scheduler), system, Given.Scenario(1).Until(10), 1, 10);
        Assert.Equal((3, 3), (runs.Count, begun));
        Assert.Equal("Third Time", runs[^1].Violation?.Property);
    }

    private static List<string> Explore(CoyoteStrategy strategy, int seed, int schedules) =>
        [.. Run.Explore(new CoyoteScheduler(strategy), RaftScenarios.RewrittenRaft, RaftScenarios.Usual(), seed, schedules).Select(Run.Render)];
}
