namespace RaftCheck.Raft.Messages;

/// <summary>The leader asks a server to stand for election at once (dissertation, §3.10).</summary>
/// <param name="Term">The leader's term.</param>
/// <param name="LeaderId">The leader that hands over.</param>
public sealed record TimeoutNowRequest(Term Term, NodeId LeaderId);

/// <summary>The answer to <see cref="TimeoutNowRequest"/>.</summary>
/// <param name="Term">The server's current term.</param>
/// <param name="Accepted">Whether it stands for election.</param>
public sealed record TimeoutNowReply(Term Term, bool Accepted);
