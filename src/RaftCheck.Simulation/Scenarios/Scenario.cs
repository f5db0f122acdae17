namespace RaftCheck.Simulation.Scenarios;

/// <summary>
/// One scenario, as plain data: what is run, what the clients do, how the network and the disks behave, and what goes
/// wrong when. Together with a scheduler and its seed it determines a run, byte for byte. Immutable.
/// </summary>
public sealed record Scenario
{
    /// <summary>The world's seed: latencies, losses, timeouts and torn writes are drawn from it.</summary>
    public required int Seed { get; init; }

    /// <summary>How many servers there are; 1 to 9.</summary>
    public required int Servers { get; init; }

    /// <summary>When the run ends at the latest, in virtual milliseconds; 1 to 600,000.</summary>
    public required int DurationMs { get; init; }

    /// <summary>The settings of the system under test.</summary>
    public required SystemSettings System { get; init; }

    /// <summary>How the network behaves while no fault is in force.</summary>
    public required NetworkConditions Network { get; init; }

    /// <summary>How the disks behave.</summary>
    public required DiskConditions Disk { get; init; }

    /// <summary>How clients wait for answers.</summary>
    public required ClientPolicy ClientPolicy { get; init; }

    /// <summary>The clients. Each does its operations one after another.</summary>
    public required IReadOnlyList<ClientPlan> Clients { get; init; }

    /// <summary>The faults, in no particular order. They may overlap.</summary>
    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>How many operations all clients together have.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int OperationCount => Clients.Sum(client => client.Operations.Count);
}

/// <summary>The settings of the system under test, in virtual milliseconds.</summary>
/// <param name="ElectionTimeoutMinMs">The shortest election timeout; longer than the heartbeat interval.</param>
/// <param name="ElectionTimeoutMaxMs">The longest election timeout.</param>
/// <param name="HeartbeatMs">The heartbeat interval; 1 or more.</param>
/// <param name="ElectionCheckMs">How often the election timeout is looked at; 1 or more.</param>
/// <param name="MaxEntriesPerAppend">The most entries in one message; 1 or more.</param>
public sealed record SystemSettings(int ElectionTimeoutMinMs, int ElectionTimeoutMaxMs, int HeartbeatMs, int ElectionCheckMs, int MaxEntriesPerAppend);

/// <summary>How the network treats each message.</summary>
/// <param name="LatencyMinMs">The shortest latency, in milliseconds; 0 or more.</param>
/// <param name="LatencyMaxMs">The longest usual latency, in milliseconds. Messages overtake each other within this range.</param>
/// <param name="LossPerMille">How many of 1,000 messages are lost; requests and replies alike.</param>
/// <param name="DuplicatePerMille">How many of 1,000 requests arrive twice.</param>
/// <param name="StragglerPerMille">How many of 1,000 messages are late by up to <paramref name="StragglerMs"/> more.</param>
/// <param name="StragglerMs">How late a straggler is at the most, in milliseconds.</param>
/// <param name="CallTimeoutMs">After how long a caller gives up on a reply, in milliseconds; 1 or more.</param>
public sealed record NetworkConditions(
    int LatencyMinMs,
    int LatencyMaxMs,
    int LossPerMille,
    int DuplicatePerMille,
    int StragglerPerMille,
    int StragglerMs,
    int CallTimeoutMs);

/// <summary>How a disk behaves.</summary>
/// <param name="FlushMinMs">The shortest time that a flush takes, in milliseconds; 0 or more.</param>
/// <param name="FlushMaxMs">The longest, in milliseconds.</param>
public sealed record DiskConditions(int FlushMinMs, int FlushMaxMs);

/// <summary>How clients wait.</summary>
/// <param name="AttemptTimeoutMs">After how long a client asks another server, in milliseconds; 1 or more.</param>
/// <param name="OperationTimeoutMs">After how long it leaves the operation as indeterminate (<c>info</c>), in milliseconds.</param>
/// <param name="RetryDelayMs">How long it waits before it asks again after a refusal, in milliseconds; 1 or more.</param>
public sealed record ClientPolicy(int AttemptTimeoutMs, int OperationTimeoutMs, int RetryDelayMs);

/// <summary>One client.</summary>
/// <param name="Operations">What it does, one after another.</param>
public sealed record ClientPlan(IReadOnlyList<OperationPlan> Operations);

/// <summary>One operation of a client.</summary>
/// <param name="AfterMs">How long after the end of the one before it, or after the start, in milliseconds.</param>
/// <param name="F">What it does, in the words of the system's model: <c>get</c>, <c>put</c>, <c>append</c>, <c>cas</c>, <c>delete</c>.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value to write; empty where there is none.</param>
/// <param name="Expected">The value that a <c>cas</c> expects; otherwise empty.</param>
public sealed record OperationPlan(int AfterMs, string F, string Key, string Value = "", string Expected = "");
