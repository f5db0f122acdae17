namespace RaftCheck.Raft.Rules;

/// <summary>Whether there is a leader that works, as far as a server can tell (dissertation, §4.2.3, §6.2, §9.6).</summary>
public static class LeaderContact
{
    /// <summary>
    /// Whether a server heard from a leader so recently that whoever stands for election now disrupts (§4.2.3): no server
    /// that hears from the leader stands within the shortest election timeout.
    /// </summary>
    /// <param name="heardAt">When the server heard from a leader, by its own clock; null for never.</param>
    /// <param name="now">The time by the same clock.</param>
    /// <param name="electionTimeoutMin">The shortest election timeout.</param>
    public static bool IsRecent(TimeSpan? heardAt, TimeSpan now, TimeSpan electionTimeoutMin) =>
        heardAt is { } at && now - at < electionTimeoutMin;

    /// <summary>Whether a leader has heard from a quorum within a time (§6.2); under joint consensus from one of each configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="contactAt">When a voter has last answered, by the leader's clock; for the leader itself, now.</param>
    /// <param name="now">The time by the leader's clock.</param>
    /// <param name="within">The time.</param>
    public static bool HasQuorum(ClusterConfiguration configuration, Func<NodeId, TimeSpan> contactAt, TimeSpan now, TimeSpan within) =>
        Quorum.Reached(configuration, contactAt) is { } reached && now - reached < within;
}
