namespace RaftCheck.Raft.Messages;

/// <summary>The arguments of the RequestVote RPC (Figure 2).</summary>
/// <param name="Term">The candidate's term.</param>
/// <param name="CandidateId">The candidate that asks for the vote.</param>
/// <param name="LastLogIndex">The index of the candidate's last log entry (§5.4).</param>
/// <param name="LastLogTerm">The term of the candidate's last log entry (§5.4).</param>
public sealed record RequestVoteRequest(Term Term, NodeId CandidateId, LogIndex LastLogIndex, Term LastLogTerm);

/// <summary>The results of the RequestVote RPC (Figure 2).</summary>
/// <param name="Term">The voter's current term, for the candidate to update itself.</param>
/// <param name="VoteGranted">Whether the candidate received the vote.</param>
public sealed record RequestVoteReply(Term Term, bool VoteGranted);
