using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Rules;

/// <summary>The consistency check of AppendEntries, which keeps the Log Matching property (§5.3).</summary>
public static class LogMatching
{
    /// <summary>
    /// Where the follower's log disagrees with the request's previous entry, or null where it agrees (rule 2). Up to its
    /// base the follower's log is committed, so it agrees with every leader's there.
    /// </summary>
    /// <param name="log">The follower's log.</param>
    /// <param name="prevLogIndex">The index that the leader names; 0 always agrees.</param>
    /// <param name="prevLogTerm">The term that the leader has there.</param>
    public static LogConflict? FindConflict(RaftLog log, LogIndex prevLogIndex, Term prevLogTerm)
    {
        if (prevLogIndex > log.LastIndex)
        {
            return new LogConflict(null, log.LastIndex.Next);
        }

        if (prevLogIndex < log.BaseIndex)
        {
            return null;
        }

        var term = log.TermAt(prevLogIndex);
        return term == prevLogTerm ? null : new LogConflict(term, log.FirstIndexOfTermAt(prevLogIndex));
    }

    /// <summary>
    /// How many of the entries the follower has already (rules 3 and 4). The next one, if there is one, is new or
    /// conflicts. Entries that are there already are never touched: the request may be an old one, and what follows
    /// them in the log may be newer than it.
    /// </summary>
    /// <param name="log">The follower's log.</param>
    /// <param name="entries">The request's entries.</param>
    public static int CountPresent(RaftLog log, IReadOnlyList<LogEntry> entries)
    {
        var present = 0;
        while (present < entries.Count
            && entries[present].Index <= log.LastIndex
            && (entries[present].Index < log.BaseIndex || log.TermAt(entries[present].Index) == entries[present].Term))
        {
            present++;
        }

        return present;
    }
}
