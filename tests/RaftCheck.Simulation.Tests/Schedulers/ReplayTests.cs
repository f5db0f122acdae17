using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Schedulers;
using RaftCheck.Simulation.Systems;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.Schedulers;

/// <summary>A run that failed under Coyote comes back from its trace: the same violation, the same events, each time.</summary>
public sealed class ReplayTests
{
    public static TheoryData<CoyoteStrategy> Strategies => Run.Strategies;

    [Fact]
    public void A_violation_that_only_some_schedules_show_is_found_and_replayed()
    {
        var scheduler = new CoyoteScheduler(CoyoteStrategy.Random);
        var failure = Run.Explore(scheduler, Race(), Given.Scenario(3).Until(50), 1, 200)[^1];
        Assert.Equal((Verdict.Violation, WatchedSystem.Property), (failure.Verdict, failure.Violation?.Property));
        AssertReplays(scheduler, Race(), failure, Given.Scenario(3).Until(50));
    }

    [Fact]
    public void The_cooperative_scheduler_finds_it_too_and_replays_it_from_its_seed()
    {
        var scenario = Given.Scenario(3).Until(50);
        var failure = Run.Explore(new CooperativeScheduler(), Race(), scenario, 1, 200)[^1];
        Assert.Equal(WatchedSystem.Property, failure.Violation?.Property);
        Assert.Null(failure.CoyoteTrace);
        Assert.Equal(Run.Render(failure), Run.Render(CooperativeScheduler.Run(Race(), scenario, failure.ScheduleSeed)));
    }

    [Theory, MemberData(nameof(Strategies))]
    public void A_failed_run_of_the_Raft_is_replayed_from_its_trace(CoyoteStrategy strategy)
    {
        var scheduler = new CoyoteScheduler(strategy);
        var system = NoTenEntries();
        var runs = Run.Explore(scheduler, system, RaftScenarios.Usual(), 3, 3);
        Assert.Equal(WatchedSystem.Property, runs[^1].Violation?.Property);
        AssertReplays(scheduler, system, runs[^1], RaftScenarios.Usual());
    }

    [Fact]
    public void A_run_that_passes_leaves_no_Coyote_trace()
    {
        var run = Run.Explore(new CoyoteScheduler(CoyoteStrategy.Random), new ToySystem(), Given.Scenario().Until(10), 1, 1)[0];
        Assert.Equal((Verdict.Pass, null), (run.Verdict, run.CoyoteTrace));
    }

    private static void AssertReplays(CoyoteScheduler scheduler, ISystemUnderTest system, RunResult failure, Scenario scenario)
    {
        Assert.False(string.IsNullOrEmpty(failure.CoyoteTrace), "A failed run has a trace to replay.");
        for (var i = 0; i < 2; i++)
        {
            var replay = scheduler.Replay(system, scenario, failure.CoyoteTrace);
            Assert.Equal(failure.Violation, replay.Violation);
            Assert.Equal(Run.Render(failure), Run.Render(replay));
            Assert.Equal(failure.CoyoteTrace, replay.CoyoteTrace);
        }
    }

    /// <summary>Three servers do something at the same moment. It is a violation if n2 comes first, then n0, and then n1.</summary>
    private static WatchedSystem Race() => new(
        new ToySystem
        {
            OnStart = server =>
            {
                server.Host.Start("race", async () =>
                {
                    await server.Sleep(5);
                    server.Note("raced");
                });
                return Task.CompletedTask;
            },
        },
        "raced",
        servers => servers is [2, 0, 1] ? "n2, n0, n1 was the order." : null);

    /// <summary>The Raft, with an oracle that does not allow ten appended entries.</summary>
    private static WatchedSystem NoTenEntries() => new(
        RaftScenarios.RewrittenRaft, "append", servers => servers.Count == 10 ? $"n{servers[^1]} appended the tenth entry." : null);
}
