namespace RaftCheck.Raft;

/// <summary>How a proposal ended.</summary>
public enum ProposeOutcome
{
    /// <summary>The command was committed and applied.</summary>
    Applied,

    /// <summary>The node was not the leader. The command did not, and will not, take effect.</summary>
    NotLeader,

    /// <summary>Another command was committed in its place. The command did not, and will not, take effect.</summary>
    Superseded,

    /// <summary>The node was stopped first. The command may yet take effect, or never.</summary>
    Unknown,

    /// <summary>
    /// The leader has too many commands under way already. The command did not, and will not, take effect; try again later.
    /// </summary>
    Overloaded,

    /// <summary>
    /// The client's session has ended, or never was. This time the command did not take effect; whether it did when it was
    /// sent before is no longer known.
    /// </summary>
    SessionExpired,

    /// <summary>The session has executed a later command since. This time the command did not take effect; it may have before.</summary>
    Stale,

    /// <summary>
    /// The command took effect when it was sent before, once. Its result was too large to be kept
    /// (<see cref="RaftOptions.MaxSessionResponseBytes"/>).
    /// </summary>
    ResponseDiscarded,

    /// <summary>
    /// The leader is handing over to another server (dissertation, §3.10). The command did not, and will not, take effect;
    /// try again soon.
    /// </summary>
    TransferInProgress,
}

/// <summary>The answer to <see cref="RaftNode.ProposeAsync"/>.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Result">What the state machine returned; empty unless the command was applied.</param>
/// <param name="LeaderHint">Who the node believes to be the leader, or null.</param>
public sealed record ProposeResult(ProposeOutcome Outcome, ReadOnlyMemory<byte> Result, NodeId? LeaderHint)
{
    /// <summary>The index of the command's entry, if it was applied; otherwise 0. For a registration, the session's identity.</summary>
    public LogIndex Index { get; init; }
}
