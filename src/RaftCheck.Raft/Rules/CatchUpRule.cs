namespace RaftCheck.Raft.Rules;

/// <summary>What follows when a new server has received what the log held at the start of a round.</summary>
public enum CatchUpDecision
{
    /// <summary>It is close enough: it may vote.</summary>
    Promote,

    /// <summary>The log has grown too much meanwhile: another round.</summary>
    NextRound,

    /// <summary>It receives the log no faster than the log grows.</summary>
    GiveUp,
}

/// <summary>When a new server has caught up, so that the cluster need not wait for it once it counts (dissertation, §4.2.1).</summary>
public static class CatchUpRule
{
    /// <summary>
    /// What follows a round. One that took less than an election timeout left so little behind that the next would take
    /// less still.
    /// </summary>
    /// <param name="round">The number of the round that has ended, from 1.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="maxRounds">How many there are at the most.</param>
    /// <param name="electionTimeout">The shortest election timeout.</param>
    public static CatchUpDecision AfterRound(int round, TimeSpan took, int maxRounds, TimeSpan electionTimeout)
    {
        if (took < electionTimeout)
        {
            return CatchUpDecision.Promote;
        }

        return round < maxRounds ? CatchUpDecision.NextRound : CatchUpDecision.GiveUp;
    }

    /// <summary>
    /// Whether a new server does not answer: a round that it slows down may take its time, but one that it does not take
    /// part in would never end.
    /// </summary>
    /// <param name="sinceContact">The time since its latest answer, or since it was added.</param>
    /// <param name="longestElectionTimeout">The longest election timeout.</param>
    public static bool IsUnavailable(TimeSpan sinceContact, TimeSpan longestElectionTimeout) => sinceContact > 2 * longestElectionTimeout;

    /// <summary>
    /// Whether a learner lacks too much to get its vote at once: more of what is committed than one request brings it, or
    /// nobody knows because it does not answer.
    /// </summary>
    /// <param name="matchIndex">What the learner is known to have.</param>
    /// <param name="commitIndex">What is committed.</param>
    /// <param name="maxEntriesPerAppend">What one request carries.</param>
    /// <param name="sinceContact">The time since its latest answer.</param>
    /// <param name="longestElectionTimeout">The longest election timeout.</param>
    public static bool IsTooFarBehind(LogIndex matchIndex, LogIndex commitIndex, int maxEntriesPerAppend, TimeSpan sinceContact, TimeSpan longestElectionTimeout) =>
        matchIndex + maxEntriesPerAppend < commitIndex || IsUnavailable(sinceContact, longestElectionTimeout);
}
