using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Rules;

/// <summary>Whether a server grants its vote (Figure 2, RequestVote, receiver's rules 1 and 2).</summary>
public static class VoteRule
{
    /// <summary>
    /// Decides on a request whose term is the voter's current one (a newer one has been adopted before).
    /// </summary>
    /// <param name="request">The candidate's request.</param>
    /// <param name="currentTerm">The voter's term.</param>
    /// <param name="votedFor">Who received the voter's vote in that term, or null.</param>
    /// <param name="lastLogTerm">The term of the voter's last entry.</param>
    /// <param name="lastLogIndex">The index of the voter's last entry.</param>
    public static bool Grants(RequestVoteRequest request, Term currentTerm, NodeId? votedFor, Term lastLogTerm, LogIndex lastLogIndex) =>
        request.Term == currentTerm
        && (votedFor is null || votedFor == request.CandidateId)
        && ElectionRestriction.IsUpToDate(request.LastLogTerm, request.LastLogIndex, lastLogTerm, lastLogIndex);
}
