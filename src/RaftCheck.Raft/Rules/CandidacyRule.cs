namespace RaftCheck.Raft.Rules;

/// <summary>Which servers stand for election (§5.2; dissertation, §4.2.2).</summary>
public static class CandidacyRule
{
    /// <summary>
    /// Whether a server may have to lead: it votes in the latest configuration of its log or, as long as that is not
    /// known to be committed, in the one that holds if it never is. A server whose log ends with its own removal may be
    /// the only one that can lead: nobody else has an entry that it votes for, and the old configuration needs its vote
    /// (dissertation, Figure 4.6).
    /// </summary>
    /// <param name="configurations">The configurations of its log, each with its entry's index, in the log's order.</param>
    /// <param name="commitIndex">The server's commit index.</param>
    /// <param name="server">The server.</param>
    public static bool MayStand(IReadOnlyList<(LogIndex Index, ClusterConfiguration Configuration)> configurations, LogIndex commitIndex, NodeId server)
    {
        ArgumentNullException.ThrowIfNull(configurations);
        for (var i = configurations.Count - 1; i >= 0; i--)
        {
            if (configurations[i].Configuration.IsVoter(server))
            {
                return true;
            }

            if (configurations[i].Index <= commitIndex)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>By how much longer a server waits that votes no more: those that do come first.</summary>
    /// <param name="latest">The latest configuration of its log.</param>
    /// <param name="server">The server.</param>
    /// <param name="electionTimeoutMax">The longest election timeout.</param>
    public static TimeSpan Patience(ClusterConfiguration latest, NodeId server, TimeSpan electionTimeoutMax)
    {
        ArgumentNullException.ThrowIfNull(latest);
        return latest.IsVoter(server) ? TimeSpan.Zero : electionTimeoutMax;
    }
}
