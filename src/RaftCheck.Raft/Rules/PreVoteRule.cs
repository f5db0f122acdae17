using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Rules;

/// <summary>Whether a server would grant its vote (dissertation, §9.6).</summary>
public static class PreVoteRule
{
    /// <summary>
    /// A server would grant its vote in a term that it has not reached yet, to a candidate with an up-to-date log, while
    /// it hears from no leader. It is not bound by the answer.
    /// </summary>
    /// <param name="request">The request; its term is the one that the candidate would begin.</param>
    /// <param name="currentTerm">The voter's term.</param>
    /// <param name="lastLogTerm">The term of the voter's last entry.</param>
    /// <param name="lastLogIndex">The index of the voter's last entry.</param>
    /// <param name="hasLeader">Whether the voter leads, or has heard from a leader within the shortest election timeout.</param>
    public static bool Grants(RequestVoteRequest request, Term currentTerm, Term lastLogTerm, LogIndex lastLogIndex, bool hasLeader) =>
        !hasLeader
        && request.Term > currentTerm
        && ElectionRestriction.IsUpToDate(request.LastLogTerm, request.LastLogIndex, lastLogTerm, lastLogIndex);
}
