namespace RaftCheck.Raft.Messages;

/// <summary>The arguments of the RequestVote RPC (Figure 2).</summary>
/// <param name="Term">The candidate's term; of a pre-vote, the term that the candidate would begin.</param>
/// <param name="CandidateId">The candidate that asks for the vote.</param>
/// <param name="LastLogIndex">The index of the candidate's last log entry (§5.4).</param>
/// <param name="LastLogTerm">The term of the candidate's last log entry (§5.4).</param>
public sealed record RequestVoteRequest(Term Term, NodeId CandidateId, LogIndex LastLogIndex, Term LastLogTerm)
{
    /// <summary>Whether this only asks if the vote would be granted (dissertation, §9.6). It changes nothing at the voter.</summary>
    public bool IsPreVote { get; init; }

    /// <summary>
    /// Whether the leader itself has told the candidate to stand (dissertation, §3.10): then a voter that has just heard
    /// from that leader does not take it for a disruption (§4.2.3).
    /// </summary>
    public bool IsLeadershipTransfer { get; init; }
}

/// <summary>The results of the RequestVote RPC (Figure 2).</summary>
/// <param name="Term">The voter's current term, for the candidate to update itself.</param>
/// <param name="VoteGranted">Whether the candidate received the vote, or would.</param>
public sealed record RequestVoteReply(Term Term, bool VoteGranted);
