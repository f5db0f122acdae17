namespace RaftCheck.Raft.Messages;

/// <summary>The arguments of the AppendEntries RPC (Figure 2). Without entries it is a heartbeat.</summary>
/// <param name="Term">The leader's term.</param>
/// <param name="LeaderId">The leader, so that a follower can redirect clients.</param>
/// <param name="PrevLogIndex">The index of the entry that comes just before the new ones.</param>
/// <param name="PrevLogTerm">The term of that entry.</param>
/// <param name="Entries">The entries to store, in order; empty for a heartbeat.</param>
/// <param name="LeaderCommit">The leader's commit index.</param>
public sealed record AppendEntriesRequest(
    Term Term,
    NodeId LeaderId,
    LogIndex PrevLogIndex,
    Term PrevLogTerm,
    IReadOnlyList<LogEntry> Entries,
    LogIndex LeaderCommit)
{
    /// <summary>The last index that a follower's log shares with the leader's once it has accepted this request.</summary>
    public LogIndex LastVerifiedIndex => PrevLogIndex + Entries.Count;
}

/// <summary>The results of the AppendEntries RPC (Figure 2), with the hint of §5.3 by which a leader backs up fast.</summary>
/// <param name="Term">The follower's current term, for the leader to update itself; 0 of a server that has stopped.</param>
/// <param name="Success">Whether the follower had an entry that matched PrevLogIndex and PrevLogTerm.</param>
/// <param name="Conflict">Where the logs disagree; null on success, and when the request was of an old term.</param>
public sealed record AppendEntriesReply(Term Term, bool Success, LogConflict? Conflict);

/// <summary>Why a follower's log does not match at PrevLogIndex (§5.3, "the protocol can be optimized").</summary>
/// <param name="Term">The term of the follower's entry at PrevLogIndex; null if its log is too short to have one.</param>
/// <param name="FirstIndex">
/// The first index that the follower stores for that term; if its log is too short, the index after its last entry.
/// </param>
public sealed record LogConflict(Term? Term, LogIndex FirstIndex);
