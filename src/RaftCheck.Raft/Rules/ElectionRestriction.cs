namespace RaftCheck.Raft.Rules;

/// <summary>The election restriction (§5.4.1): a server votes only for candidates whose log is at least as up-to-date.</summary>
public static class ElectionRestriction
{
    /// <summary>
    /// Whether the candidate's log is at least as up-to-date as the voter's: the log with the later last term is more
    /// up-to-date; with equal last terms the longer one is.
    /// </summary>
    /// <param name="candidateLastTerm">The term of the candidate's last entry.</param>
    /// <param name="candidateLastIndex">The index of the candidate's last entry.</param>
    /// <param name="voterLastTerm">The term of the voter's last entry.</param>
    /// <param name="voterLastIndex">The index of the voter's last entry.</param>
    public static bool IsUpToDate(Term candidateLastTerm, LogIndex candidateLastIndex, Term voterLastTerm, LogIndex voterLastIndex) =>
        candidateLastTerm != voterLastTerm
            ? candidateLastTerm > voterLastTerm
            : candidateLastIndex >= voterLastIndex;
}
