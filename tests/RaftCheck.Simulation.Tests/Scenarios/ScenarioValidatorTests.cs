using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.Scenarios;

/// <summary>A bad scenario is refused, and the first bad field is named, with its value and its range.</summary>
public sealed class ScenarioValidatorTests
{
    private static readonly Scenario Good = RaftScenarios.Usual();

    /// <summary>What is expected, and the scenario: all the ways to be wrong by one, in the order in which they are looked for.</summary>
    private static readonly (string Problem, Scenario Scenario)[] Bad =
    [
        ("servers is 0; it must be 1 to 9.", Good with { Servers = 0 }),
        ("servers is 10; it must be 1 to 9.", Good with { Servers = 10 }),
        ("durationMs is 0; it must be 1 to 600000.", Good with { DurationMs = 0 }),
        ("durationMs is 600001; it must be 1 to 600000.", Good with { DurationMs = 600_001 }),
        ("system.heartbeatMs is 0; it must be 1 to 60000.", Good with { System = Good.System with { HeartbeatMs = 0 } }),
        ("system.electionCheckMs is 0; it must be 1 to 60000.", Good with { System = Good.System with { ElectionCheckMs = 0 } }),
        ("system.electionTimeoutMinMs is 50; it must be 51 to 600000.", Good with { System = Good.System with { ElectionTimeoutMinMs = 50 } }),
        ("system.electionTimeoutMaxMs is 149; it must be 150 to 600000.", Good with { System = Good.System with { ElectionTimeoutMaxMs = 149 } }),
        ("system.maxEntriesPerAppend is 0; it must be 1 to 10000.", Good with { System = Good.System with { MaxEntriesPerAppend = 0 } }),
        ("network.latencyMinMs is -1; it must be 0 to 60000.", Good with { Network = Good.Network with { LatencyMinMs = -1 } }),
        ("network.latencyMaxMs is 0; it must be 1 to 60000.", Good with { Network = Good.Network with { LatencyMaxMs = 0 } }),
        ("network.lossPerMille is 1001; it must be 0 to 1000.", Good with { Network = Good.Network with { LossPerMille = 1_001 } }),
        ("network.duplicatePerMille is -1; it must be 0 to 1000.", Good with { Network = Good.Network with { DuplicatePerMille = -1 } }),
        ("network.stragglerPerMille is 1001; it must be 0 to 1000.", Good with { Network = Good.Network with { StragglerPerMille = 1_001 } }),
        ("network.stragglerMs is -1; it must be 0 to 60000.", Good with { Network = Good.Network with { StragglerMs = -1 } }),
        ("network.callTimeoutMs is 0; it must be 1 to 60000.", Good with { Network = Good.Network with { CallTimeoutMs = 0 } }),
        ("disk.flushMinMs is -1; it must be 0 to 60000.", Good with { Disk = new DiskConditions(-1, 3) }),
        ("disk.flushMaxMs is 1; it must be 2 to 60000.", Good with { Disk = new DiskConditions(2, 1) }),
        ("clientPolicy.attemptTimeoutMs is 0; it must be 1 to 600000.", Good with { ClientPolicy = Good.ClientPolicy with { AttemptTimeoutMs = 0 } }),
        ("clientPolicy.operationTimeoutMs is 0; it must be 1 to 600000.", Good with { ClientPolicy = Good.ClientPolicy with { OperationTimeoutMs = 0 } }),
        ("clientPolicy.retryDelayMs is 0; it must be 1 to 60000.", Good with { ClientPolicy = Good.ClientPolicy with { RetryDelayMs = 0 } }),
        ("clients[1].operations[2].afterMs is -1; it must be 0 to 600000.", Good.With(Given.Client(), Given.Client(Given.Get(), Given.Get(), Given.Get(-1)))),
        ("clients[0].operations[0].f is \"read\"; it must be one of get, put, append, cas, delete.", Good.With(Given.Client(new OperationPlan(0, "read", "k")))),
        ("faults[1].atMs is -1; it must be 0 to 600000.", Good.With(Good.Faults[0], new Fault(-1, 1, FaultKind.Crash))),
        ("faults[0].forMs is 0; it must be 1 to 600000.", Good.With(new Fault(1, 0, FaultKind.Crash))),
        ("faults[0].target is 3; it must be -1 to 2.", Good.With(new Fault(1, 1, FaultKind.Crash, 3))),
        ("faults[0].target is -2; it must be -1 to 2.", Good.With(new Fault(1, 1, FaultKind.Crash, -2))),
        ("faults[0].group is 8; it must be 0 to 7.", Good.With(new Fault(1, 1, FaultKind.Partition, 0, 8))),
        ("faults[0].lagMs is 1; it must be 0 to 0.", Good.With(new Fault(1, 1, FaultKind.Crash) { LagMs = 1 })),
        ("faults[0].after is unknown.", Good.With(new Fault(1, 1, FaultKind.Crash) { After = (FaultTrigger)99 })),
        ("faults[0].kind is unknown.", Good.With(new Fault(1, 1, (FaultKind)99))),
    ];

    public static TheoryData<string> Problems => [.. Bad.Select(bad => bad.Problem)];

    [Theory, MemberData(nameof(Problems))]
    public void The_bad_field_is_named(string problem) =>
        Assert.Equal(problem, ScenarioValidator.FindProblem(Bad.Single(bad => bad.Problem == problem).Scenario));

    [Fact]
    public void Of_several_bad_fields_the_first_is_named()
    {
        var scenario = Good with { DurationMs = 0, Disk = new DiskConditions(-1, -2), Faults = [new Fault(-1, 0, FaultKind.Crash)] };
        Assert.StartsWith("durationMs", ScenarioValidator.FindProblem(scenario), StringComparison.Ordinal);
        Assert.StartsWith("disk.flushMinMs", ScenarioValidator.FindProblem(scenario with { DurationMs = 1 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_scenario_has_no_problem_and_neither_have_the_ends_of_the_ranges()
    {
        Assert.Null(ScenarioValidator.FindProblem(Good));
        Assert.Null(ScenarioValidator.FindProblem(Good with { Servers = 9, DurationMs = 600_000, Clients = [], Faults = [] }));
        Assert.Null(ScenarioValidator.FindProblem(Good with { Network = new NetworkConditions(0, 0, 1_000, 1_000, 1_000, 0, 1), Disk = new DiskConditions(0, 0) }));
        Assert.Null(ScenarioValidator.FindProblem(Given.Scenario(1).With(new Fault(0, 1, FaultKind.Partition, Fault.LeaderTarget, 1))));
    }

    [Fact]
    public void Every_field_that_is_a_number_is_checked_for_both_of_its_ends()
    {
        foreach (var value in new[] { int.MinValue, int.MaxValue })
        {
            Assert.All(
                new Func<Scenario>[]
                {
                    () => Good with { Servers = value },
                    () => Good with { DurationMs = value },
                    () => Good with { System = Good.System with { HeartbeatMs = value } },
                    () => Good with { System = Good.System with { ElectionCheckMs = value } },
                    () => Good with { System = Good.System with { ElectionTimeoutMinMs = value } },
                    () => Good with { System = Good.System with { ElectionTimeoutMaxMs = value } },
                    () => Good with { Network = Good.Network with { LatencyMaxMs = value } },
                    () => Good with { Network = Good.Network with { CallTimeoutMs = value } },
                    () => Good with { Disk = new DiskConditions(0, value) },
                    () => Good with { ClientPolicy = new ClientPolicy(value, 1, 1) },
                    () => Good.With(new Fault(value, 1, FaultKind.Crash)),
                    () => Good.With(new Fault(1, value, FaultKind.Crash)),
                    () => Good.With(Given.Client(Given.Get(value))),
                },
                scenario => Assert.NotNull(ScenarioValidator.FindProblem(scenario())));
        }
    }
}
