using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Rules;

/// <summary>Whether a server would vote, if it were asked in earnest (dissertation, §9.6).</summary>
public static class PreVoteRule
{
    /// <summary>
    /// Decides on a pre-vote. One for the voter's own term, or an older one, is refused, whoever has the vote: the reply's
    /// term is newer than the asking server's then, which adopts it and asks again for the next. So nobody waits for ever.
    /// </summary>
    /// <param name="request">The request; its term is the one that would begin.</param>
    /// <param name="currentTerm">The voter's term.</param>
    /// <param name="leaderIsAlive">Whether the voter knows of a leader that works.</param>
    /// <param name="lastLogTerm">The term of the voter's last entry.</param>
    /// <param name="lastLogIndex">The index of the voter's last entry.</param>
    public static bool Grants(RequestVoteRequest request, Term currentTerm, bool leaderIsAlive, Term lastLogTerm, LogIndex lastLogIndex)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Term > currentTerm
            && !leaderIsAlive
            && ElectionRestriction.IsUpToDate(request.LastLogTerm, request.LastLogIndex, lastLogTerm, lastLogIndex);
    }
}
