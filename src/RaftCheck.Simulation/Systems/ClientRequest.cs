using RaftCheck.Linearizability;

namespace RaftCheck.Simulation.Systems;

/// <summary>A client's operation, as it goes to a server. Sent again, it is the same.</summary>
/// <param name="Session">The client's session.</param>
/// <param name="Sequence">The operation's number in the session, from 1.</param>
/// <param name="F">What to do: <c>get</c>, <c>put</c>, <c>append</c>, <c>cas</c>, <c>delete</c>.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value to write; empty where there is none.</param>
/// <param name="Expected">The value that a <c>cas</c> expects; otherwise empty.</param>
public sealed record ClientRequest(long Session, long Sequence, string F, string Key, string Value, string Expected);

/// <summary>How a server answers a client.</summary>
public enum ClientOutcome
{
    /// <summary>The operation took effect.</summary>
    Ok,

    /// <summary>A <c>cas</c> saw another value than the expected one, and changed nothing.</summary>
    Mismatch,

    /// <summary>This attempt did not take effect and will not; another server may be asked.</summary>
    Refused,

    /// <summary>It is not known whether this attempt takes effect.</summary>
    Unknown,

    /// <summary>The client's session has ended. This attempt did not take effect; whether an earlier one did can no longer be known.</summary>
    SessionExpired,
}

/// <summary>A server's answer to a client.</summary>
/// <param name="Outcome">How the attempt ended.</param>
/// <param name="Value">What a <c>get</c> returned; otherwise empty.</param>
/// <param name="LeaderHint">The server to ask instead; -1 if the server knows none.</param>
public sealed record ClientReply(ClientOutcome Outcome, string Value = "", int LeaderHint = -1)
{
    /// <summary>
    /// Where in the replicated log the operation took effect, by its first attempt that did; <see langword="null"/> if the
    /// system has no such log, or does not say. The order of the log must then explain what all clients saw.
    /// </summary>
    public LogPosition? Log { get; init; }
}

/// <summary>A server's answer to a client that asks for a session.</summary>
/// <param name="Session">The session; 0 if the server could not open one.</param>
/// <param name="LeaderHint">The server to ask instead; -1 if the server knows none.</param>
public sealed record SessionReply(long Session, int LeaderHint = -1);
