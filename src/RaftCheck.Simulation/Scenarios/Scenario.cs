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

    /// <summary>What operators do meanwhile, in no particular order: membership changes, transfers of the leadership, snapshots.</summary>
    public IReadOnlyList<OperatorAction> Operators { get; init; } = [];

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
/// <remarks>
/// What is not among the parameters has a default under which the feature plays no part, so that scenarios that were saved
/// before there was such a feature mean what they meant.
/// </remarks>
public sealed record SystemSettings(int ElectionTimeoutMinMs, int ElectionTimeoutMaxMs, int HeartbeatMs, int ElectionCheckMs, int MaxEntriesPerAppend)
{
    /// <summary>Whether servers ask for pre-votes before they stand for election.</summary>
    public bool PreVote { get; init; }

    /// <summary>Whether a leader without a quorum steps down, and its followers ignore candidates.</summary>
    public bool CheckQuorum { get; init; }

    /// <summary>By which way reads are served.</summary>
    public ReadPath Reads { get; init; }

    /// <summary>How many of the servers, the last ones, are no members at first; 0 to all but one.</summary>
    public int Spares { get; init; }

    /// <summary>One bit for each server that would rather not lead.</summary>
    public int LowPriority { get; init; }

    /// <summary>After how many applied entries a snapshot is taken; 0 for never.</summary>
    public int SnapshotEntries { get; init; }

    /// <summary>How many entries before a snapshot's last one the log keeps; 0 or more.</summary>
    public int SnapshotTrailingEntries { get; init; }

    /// <summary>How many bytes of a snapshot one message carries; 1 or more.</summary>
    public int SnapshotChunkBytes { get; init; } = 64 << 10;

    /// <summary>How many messages with entries are under way to one server at the most; 1 or more.</summary>
    public int MaxInFlightAppends { get; init; } = 8;

    /// <summary>How many entries a leader has under way at the most before it refuses more; 1 or more.</summary>
    public int MaxUncommittedEntries { get; init; } = 16_384;

    /// <summary>How many client sessions there are at the most; 1 or more.</summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>After how long an idle client session ends, in milliseconds; 1 or more.</summary>
    public int SessionTimeoutMs { get; init; } = 3_600_000;

    /// <summary>How large a segment of the write-ahead log becomes, in bytes; 1 or more.</summary>
    public int WalSegmentBytes { get; init; } = 4 << 20;

    /// <summary>How long a transfer of the leadership may take, in milliseconds; 1 or more.</summary>
    public int TransferTimeoutMs { get; init; } = 300;
}

/// <summary>By which way reads are served.</summary>
public enum ReadPath
{
    /// <summary>As entries of the log.</summary>
    Log,

    /// <summary>From the state, after the leader was confirmed; at any server.</summary>
    ReadIndex,

    /// <summary>From the leader's state while its lease lasts; at other servers as <see cref="ReadIndex"/>.</summary>
    Lease,
}

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
