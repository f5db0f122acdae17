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
}

/// <summary>The answer to <see cref="RaftNode.ProposeAsync"/>.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Result">What the state machine returned; empty unless the command was applied.</param>
/// <param name="LeaderHint">Who the node believes to be the leader, or null.</param>
public sealed record ProposeResult(ProposeOutcome Outcome, ReadOnlyMemory<byte> Result, NodeId? LeaderHint);
