namespace RaftCheck.Raft.Rules;

/// <summary>Majorities (§5.1, §5.2).</summary>
public static class Quorum
{
    /// <summary>The smallest number of servers that is a majority of a cluster.</summary>
    /// <param name="clusterSize">The number of servers, 1 or more.</param>
    public static int Size(int clusterSize) => (clusterSize / 2) + 1;

    /// <summary>The highest index that a majority of servers has reached.</summary>
    /// <param name="matchIndexes">What each server of the cluster has reached, the leader's own included. It is left as it was.</param>
    public static LogIndex Reached(ReadOnlySpan<LogIndex> matchIndexes)
    {
        Span<LogIndex> sorted = matchIndexes.Length <= 16 ? stackalloc LogIndex[matchIndexes.Length] : new LogIndex[matchIndexes.Length];
        matchIndexes.CopyTo(sorted);
        sorted.Sort();
        return sorted[matchIndexes.Length - Size(matchIndexes.Length)];
    }
}
