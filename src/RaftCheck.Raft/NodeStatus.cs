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
    LogIndex LastApplied);
