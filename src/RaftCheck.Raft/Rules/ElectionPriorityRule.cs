namespace RaftCheck.Raft.Rules;

/// <summary>How a preference for some leaders is expressed: by patience, so that it never keeps a cluster without one (§5.2).</summary>
public static class ElectionPriorityRule
{
    /// <summary>
    /// The election timeout of a server. It is never shorter than what was drawn, because leases and the refusal of
    /// disruptive candidates rely on the shortest one (dissertation, §6.4.1, §4.2.3).
    /// </summary>
    /// <param name="drawn">What was drawn at random.</param>
    /// <param name="electionTimeoutMax">The longest that can be drawn.</param>
    /// <param name="priority">0 to 100; 100 waits no longer than drawn, 0 by a whole longest timeout more.</param>
    public static TimeSpan Timeout(TimeSpan drawn, TimeSpan electionTimeoutMax, int priority) =>
        drawn + (electionTimeoutMax * (100 - priority) / 100);
}
