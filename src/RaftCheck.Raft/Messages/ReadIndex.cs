namespace RaftCheck.Raft.Messages;

/// <summary>A server asks the leader up to which index it must have applied to serve a read (dissertation, §6.4).</summary>
/// <param name="Term">The asking server's term.</param>
/// <param name="From">The asking server.</param>
public sealed record ReadIndexRequest(Term Term, NodeId From);

/// <summary>The answer to <see cref="ReadIndexRequest"/>.</summary>
/// <param name="Term">The answering server's current term.</param>
/// <param name="ReadIndex">
/// A read that began before the request was sent may be served from a state that includes this index. Null if the server
/// asked is not the leader, or could not confirm that it still is.
/// </param>
/// <param name="LeaderHint">Who the answering server believes to be the leader, or null.</param>
public sealed record ReadIndexReply(Term Term, LogIndex? ReadIndex, NodeId? LeaderHint);
