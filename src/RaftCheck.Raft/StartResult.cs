namespace RaftCheck.Raft;

/// <summary>What <see cref="RaftNode.Start"/> answers at once, before anything is committed.</summary>
/// <param name="Index">The index at which the command will appear if it is ever committed; 0 if the node is not the leader, or is a leader with too much to do.</param>
/// <param name="Term">The node's current term.</param>
/// <param name="IsLeader">Whether the node believes that it is the leader.</param>
public readonly record struct StartResult(LogIndex Index, Term Term, bool IsLeader);
