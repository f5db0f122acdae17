using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Simulation.Tests.Toys;

/// <summary>Scenarios to start from: a still, exact world, in which a test changes what it is about.</summary>
public static class Given
{
    public static NetworkConditions ExactNetwork { get; } = new(
        LatencyMinMs: 1, LatencyMaxMs: 1, LossPerMille: 0, DuplicatePerMille: 0, StragglerPerMille: 0, StragglerMs: 0, CallTimeoutMs: 20);

    public static Scenario Scenario(int servers = 3, int seed = 1, int durationMs = 10_000) => new()
    {
        Seed = seed,
        Servers = servers,
        DurationMs = durationMs,
        System = new SystemSettings(ElectionTimeoutMinMs: 150, ElectionTimeoutMaxMs: 300, HeartbeatMs: 50, ElectionCheckMs: 10, MaxEntriesPerAppend: 64),
        Network = ExactNetwork,
        Disk = new DiskConditions(0, 0),
        ClientPolicy = new ClientPolicy(AttemptTimeoutMs: 100, OperationTimeoutMs: 1_000, RetryDelayMs: 10),
        Clients = [],
        Faults = [],
    };

    public static Scenario With(this Scenario scenario, params Fault[] faults) => scenario with { Faults = faults };

    public static Scenario With(this Scenario scenario, params ClientPlan[] clients) => scenario with { Clients = clients };

    /// <summary>The run goes on at least until then, because a client has something to do.</summary>
    public static Scenario Until(this Scenario scenario, int milliseconds) => scenario.With(Client(Get(milliseconds)));

    public static ClientPlan Client(params OperationPlan[] operations) => new(operations);

    public static OperationPlan Get(int afterMs = 0, string key = "k") => new(afterMs, "get", key);

    public static OperationPlan Put(string value, int afterMs = 0, string key = "k") => new(afterMs, "put", key, value);
}
