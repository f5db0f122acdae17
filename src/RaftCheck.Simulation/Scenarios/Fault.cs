namespace RaftCheck.Simulation.Scenarios;

/// <summary>The kinds of fault that the nemesis can apply.</summary>
public enum FaultKind
{
    /// <summary>The server's process ends and its disk loses what was not flushed; it restarts when the fault ends.</summary>
    Crash,

    /// <summary>All servers crash at once, and restart when the fault ends.</summary>
    CrashAll,

    /// <summary>The server can neither send to nor receive from any other server.</summary>
    Isolate,

    /// <summary>The servers are cut into two groups: those in <see cref="Fault.Group"/>, and the others.</summary>
    Partition,

    /// <summary>What the server sends to others is lost; what they send arrives.</summary>
    MuteOutbound,

    /// <summary>What others send to the server is lost; what it sends arrives.</summary>
    MuteInbound,

    /// <summary>Half of all messages between servers are lost.</summary>
    LossBurst,
}

/// <summary>What a fault waits for, so that it meets what is rare and short.</summary>
public enum FaultTrigger
{
    /// <summary>Nothing: it begins at its time.</summary>
    None,

    /// <summary>The next election of a leader.</summary>
    Election,

    /// <summary>The next entry that is committed.</summary>
    Commit,

    /// <summary>The next server that goes by another configuration.</summary>
    ConfigurationChange,
}

/// <summary>One fault: it begins, lasts, and ends.</summary>
/// <param name="AtMs">When it begins, or begins to wait for its trigger, in virtual milliseconds.</param>
/// <param name="ForMs">How long it lasts, in milliseconds; 1 or more.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Target">
/// The server that it happens to; <see cref="LeaderTarget"/> means whoever leads when it begins. Kinds that concern all
/// servers don't look at it.
/// </param>
/// <param name="Group">For <see cref="FaultKind.Partition"/>, one bit for each server of the one group; otherwise 0.</param>
public sealed record Fault(int AtMs, int ForMs, FaultKind Kind, int Target = 0, int Group = 0)
{
    /// <summary>The target that means: the server that leads when the fault begins; server 0 if none does.</summary>
    public const int LeaderTarget = -1;

    /// <summary>For how long a fault waits for its trigger at the most, in milliseconds. Then it begins all the same.</summary>
    public const int LongestWaitMs = 1_000;

    /// <summary>What it waits for, from <see cref="AtMs"/> on.</summary>
    public FaultTrigger After { get; init; }

    /// <summary>How long after its trigger it begins, in milliseconds; 0 if it waits for none.</summary>
    public int LagMs { get; init; }
}
