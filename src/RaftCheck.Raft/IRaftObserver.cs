namespace RaftCheck.Raft;

/// <summary>
/// Is told what a node does, in the order in which it does it: for metrics and logs in production, for the oracle in a
/// simulated world. Every method but <see cref="Applied"/> is called under the node's lock, so it must be short and must
/// not call the node. An observer can't change what the node does.
/// </summary>
public interface IRaftObserver
{
    /// <summary>The node has read its storage and is about to run.</summary>
    /// <param name="currentTerm">The latest term that the storage holds.</param>
    /// <param name="votedFor">The candidate that received the node's vote in that term, or null.</param>
    /// <param name="log">The log that the storage holds.</param>
    void Recovered(Term currentTerm, NodeId? votedFor, IReadOnlyList<LogEntry> log);

    /// <summary>The node has taken a role in a term (Figure 4). A higher term than before is reported here too.</summary>
    /// <param name="role">The role.</param>
    /// <param name="term">The term.</param>
    void RoleChanged(Role role, Term term);

    /// <summary>The node has decided to vote; the vote leaves the node only once it is durable.</summary>
    /// <param name="term">The term of the vote.</param>
    /// <param name="candidate">Who received it.</param>
    void Voted(Term term, NodeId candidate);

    /// <summary>An entry was added at the end of the log.</summary>
    /// <param name="entry">The entry.</param>
    void Appended(LogEntry entry);

    /// <summary>The end of the log was removed (Figure 2, AppendEntries, rule 3).</summary>
    /// <param name="from">The first index that was removed.</param>
    void Truncated(LogIndex from);

    /// <summary>The commit index has risen.</summary>
    /// <param name="commitIndex">The new commit index.</param>
    void Committed(LogIndex commitIndex);

    /// <summary>An entry was applied to the state machine. Called by the applier, without the lock.</summary>
    /// <param name="entry">The entry.</param>
    void Applied(LogEntry entry);
}
