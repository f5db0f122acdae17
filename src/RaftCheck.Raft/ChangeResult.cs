namespace RaftCheck.Raft;

/// <summary>How a change of the configuration ended.</summary>
public enum ChangeOutcome
{
    /// <summary>The new configuration is committed; with auto-leave, C_new is.</summary>
    Committed,

    /// <summary>The node was not the leader, and nothing was begun.</summary>
    NotLeader,

    /// <summary>The change is not possible, or not now; the cluster is as it was.</summary>
    Refused,

    /// <summary>The leadership was lost, or the node stopped, before the end. The change may yet take effect, or never.</summary>
    Unknown,
}

/// <summary>The answer to <see cref="RaftNode.ChangeConfigurationAsync"/>.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Configuration">The configuration in use at the node then.</param>
/// <param name="LeaderHint">Who the node believes to be the leader, or null.</param>
public sealed record ChangeResult(ChangeOutcome Outcome, ClusterConfiguration Configuration, NodeId? LeaderHint)
{
    /// <summary>Why the change was refused, in a sentence; otherwise empty.</summary>
    public string Reason { get; init; } = "";
}
