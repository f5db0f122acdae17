namespace RaftCheck.Raft.Rules;

/// <summary>When an entry is committed (§5.3, §5.4.2, Figure 8).</summary>
public static class CommitRule
{
    /// <summary>
    /// The leader's next commit index: the highest N that a quorum has reached, if the entry at N is of the leader's
    /// current term. An entry of an earlier term is never committed by counting replicas (Figure 8): it is committed
    /// with the first entry of the current term that comes after it.
    /// </summary>
    /// <param name="log">The leader's log.</param>
    /// <param name="commitIndex">The commit index so far. It never goes back.</param>
    /// <param name="currentTerm">The leader's term.</param>
    /// <param name="reached">What a quorum has stored durably; null if nobody votes.</param>
    public static LogIndex LeaderCommit(RaftLog log, LogIndex commitIndex, Term currentTerm, LogIndex? reached) =>
        reached is { } index && index > commitIndex && log.TermAt(index) == currentTerm ? index : commitIndex;

    /// <summary>
    /// A follower's next commit index (Figure 2, AppendEntries, rule 5): the leader's, but no further than the last
    /// entry that this very request has verified. What comes behind it in the follower's log may conflict.
    /// </summary>
    /// <param name="commitIndex">The commit index so far. It never goes back.</param>
    /// <param name="leaderCommit">The leader's commit index.</param>
    /// <param name="lastVerifiedIndex">The index of the last entry that the request covered.</param>
    public static LogIndex FollowerCommit(LogIndex commitIndex, LogIndex leaderCommit, LogIndex lastVerifiedIndex) =>
        LogIndex.Max(commitIndex, LogIndex.Min(leaderCommit, lastVerifiedIndex));
}
