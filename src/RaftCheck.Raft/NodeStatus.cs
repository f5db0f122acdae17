namespace RaftCheck.Raft;

/// <summary>A node's state at one moment.</summary>
/// <param name="Id">The node.</param>
/// <param name="Role">Its role.</param>
/// <param name="CurrentTerm">Its term.</param>
/// <param name="VotedFor">Whom it voted for in that term, or null.</param>
/// <param name="LastLogIndex">The index of its last entry.</param>
/// <param name="LastLogTerm">The term of its last entry.</param>
/// <param name="CommitIndex">The highest index that it knows to be committed.</param>
/// <param name="LastApplied">The highest index that it has applied.</param>
public sealed record NodeStatus(
    NodeId Id,
    Role Role,
    Term CurrentTerm,
    NodeId? VotedFor,
    LogIndex LastLogIndex,
    Term LastLogTerm,
    LogIndex CommitIndex,
    LogIndex LastApplied)
{
    /// <summary>Whom it believes to be the leader, or null.</summary>
    public NodeId? LeaderHint { get; init; }

    /// <summary>The configuration in use: the latest in its log, committed or not.</summary>
    public ClusterConfiguration Configuration { get; init; } = ClusterConfiguration.Empty;

    /// <summary>The index of that configuration's entry; 0 for the one that the cluster began with.</summary>
    public LogIndex ConfigurationIndex { get; init; }

    /// <summary>The index of the first entry that its log still has: what comes before was compacted away.</summary>
    public LogIndex FirstLogIndex { get; init; }

    /// <summary>The last index that its latest snapshot covers; 0 if it has none.</summary>
    public LogIndex SnapshotIndex { get; init; }

    /// <summary>If it leads, what it knows of each other server, in the order of their identities; otherwise empty.</summary>
    public IReadOnlyList<FollowerStatus> Followers { get; init => field = new FollowerList(value); } = FollowerList.Empty;
}
