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

/// <summary>One fault: it begins, lasts, and ends.</summary>
/// <param name="AtMs">When it begins, in virtual milliseconds.</param>
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
}
