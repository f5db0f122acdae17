using RaftCheck.RaftSystem;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.Tests.Toys;

/// <summary>The Raft, and scenarios for it.</summary>
public static class RaftScenarios
{
    private static readonly Lazy<ISystemUnderTest> Copy = new(ControlledAssemblies.Load<RaftSystemUnderTest>);

    /// <summary>For the cooperative scheduler.</summary>
    public static ISystemUnderTest Raft { get; } = new RaftSystemUnderTest();

    /// <summary>For Coyote.</summary>
    public static ISystemUnderTest RewrittenRaft => Copy.Value;

    /// <summary>Three servers, two clients, an unquiet network, and the leader crashes once.</summary>
    public static Scenario Usual(int seed = 3) => Given.Scenario(seed: seed, durationMs: 3_000) with
    {
        Network = new NetworkConditions(1, 8, LossPerMille: 20, DuplicatePerMille: 20, StragglerPerMille: 20, StragglerMs: 60, CallTimeoutMs: 60),
        Disk = new DiskConditions(0, 3),
        Clients =
        [
            Given.Client(Given.Put("a", 200), Given.Get(20), new OperationPlan(10, "append", "k", "b")),
            Given.Client(Given.Put("c", 210), new OperationPlan(10, "cas", "k", "d", "c"), Given.Get(20)),
        ],
        Faults = [new Fault(450, 200, FaultKind.Crash, Fault.LeaderTarget)],
    };

    /// <summary>A scenario that its number determines: every kind of fault, of cluster, of network and of disk comes up.</summary>
    public static Scenario Numbered(int number)
    {
        var random = new Random(number);
        var servers = number % 7 == 0 ? 1 : number % 3 == 0 ? 5 : 3;
        return Given.Scenario(servers, number, durationMs: 6_000) with
        {
            Network = new NetworkConditions(
                LatencyMinMs: random.Next(2),
                LatencyMaxMs: 2 + random.Next(15),
                LossPerMille: random.Next(4) * 20,
                DuplicatePerMille: random.Next(3) * 30,
                StragglerPerMille: random.Next(3) * 20,
                StragglerMs: 100,
                CallTimeoutMs: 40 + random.Next(60)),
            Disk = new DiskConditions(0, random.Next(25)),
            ClientPolicy = new ClientPolicy(AttemptTimeoutMs: 120, OperationTimeoutMs: 500, RetryDelayMs: 15),
            Clients = [.. Enumerable.Range(0, 2 + (number % 2)).Select(client => Plan(random, client))],
            Faults = [.. Enumerable.Range(0, 1 + (number % 4)).Select(fault => Draw(random, servers, fault))],
        };
    }

    private static ClientPlan Plan(Random random, int client) => new([.. Enumerable.Range(0, 6).Select(i =>
    {
        var key = random.Next(2) == 0 ? "x" : "y";
        var afterMs = i == 0 ? 150 + random.Next(200) : random.Next(150);
        return random.Next(5) switch
        {
            0 => Given.Put($"{client}.{i}", afterMs, key),
            1 => new OperationPlan(afterMs, "append", key, $"+{client}.{i}"),
            2 => new OperationPlan(afterMs, "cas", key, $"{client}.{i}", $"{random.Next(2)}.{random.Next(6)}"),
            3 => new OperationPlan(afterMs, "delete", key),
            _ => Given.Get(afterMs, key),
        };
    })]);

    private static Fault Draw(Random random, int servers, int number) => new(
        AtMs: 250 + (number * 250) + random.Next(300),
        ForMs: 100 + random.Next(400),
        Kind: (FaultKind)random.Next(Enum.GetValues<FaultKind>().Length),
        Target: random.Next(-1, servers),
        Group: random.Next(1 << servers));
}
