using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Rules;

/// <summary>How far a leader backs up when a follower's log conflicts (§5.3, end; MIT 6.824's "fast backup").</summary>
public static class ConflictBackup
{
    /// <summary>
    /// The next index to try. If the leader has entries of the conflicting term, the one after its last of them;
    /// otherwise the follower's first of that term, so that a whole term is skipped in one round.
    /// </summary>
    /// <param name="log">The leader's log.</param>
    /// <param name="conflict">What the follower said.</param>
    /// <returns>An index between 1 and the one after the leader's last.</returns>
    public static LogIndex NextIndex(RaftLog log, LogConflict conflict)
    {
        var next = conflict.Term is { } term && log.LastIndexOfTerm(term) is { } last ? last.Next : conflict.FirstIndex;
        return LogIndex.Max(LogIndex.Zero.Next, LogIndex.Min(next, log.LastIndex.Next));
    }
}
