namespace RaftCheck.Raft.Rules;

/// <summary>How long a leader may serve reads without asking anybody (dissertation, §6.4.1).</summary>
public static class LeaseRule
{
    /// <summary>
    /// When a lease ends, on the leader's clock. It counts from the *sending* of requests that a quorum has answered: each
    /// of those servers was reached later than that, and from then on refuses its vote for the shortest election timeout,
    /// measured on its own clock. That clock may run fast, and the leader's slow, each by the bound; so what the
    /// leader may count on is shorter by both.
    /// </summary>
    /// <param name="sentAt">When the requests were sent that a quorum has answered, the latest such moment.</param>
    /// <param name="electionTimeoutMin">The shortest election timeout.</param>
    /// <param name="clockDriftBound">By how much a clock's speed may differ from the true one, 0 to less than 1.</param>
    public static TimeSpan End(TimeSpan sentAt, TimeSpan electionTimeoutMin, double clockDriftBound) =>
        sentAt + (electionTimeoutMin * ((1 - clockDriftBound) / (1 + clockDriftBound)));
}
