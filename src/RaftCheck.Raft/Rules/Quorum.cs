namespace RaftCheck.Raft.Rules;

/// <summary>Majorities (§5.1, §5.2), and majorities of both configurations while a joint consensus is under way (dissertation, §4.3).</summary>
public static class Quorum
{
    private const int VotersOnStack = 16;

    /// <summary>The smallest number of servers that is a majority of a cluster.</summary>
    /// <param name="clusterSize">The number of servers, 1 or more.</param>
    public static int Size(int clusterSize) => (clusterSize / 2) + 1;

    /// <summary>The highest value that a majority of servers has reached.</summary>
    /// <typeparam name="T">What is reached: an index, a round, a time.</typeparam>
    /// <param name="reached">What each server of the cluster has reached; one or more. It is left as it was.</param>
    public static T Reached<T>(ReadOnlySpan<T> reached)
        where T : unmanaged, IComparable<T>
    {
        var sorted = reached.ToArray();
        Array.Sort(sorted);
        return sorted[reached.Length - Size(reached.Length)];
    }

    /// <summary>
    /// The highest value that a quorum has reached: a majority of the voters and, under joint consensus, a majority of
    /// the old voters too. Null if there are no voters.
    /// </summary>
    /// <typeparam name="T">What is reached: an index, a round, a time.</typeparam>
    /// <param name="configuration">The configuration.</param>
    /// <param name="reachedBy">What a server has reached.</param>
    public static T? Reached<T>(ClusterConfiguration configuration, Func<NodeId, T> reachedBy)
        where T : unmanaged, IComparable<T>
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(reachedBy);
        if (configuration.Voters.Count == 0)
        {
            return null;
        }

        var reached = ReachedBy(configuration.Voters, reachedBy);
        if (configuration.IsJoint && ReachedBy(configuration.OldVoters, reachedBy) is var byOld && byOld.CompareTo(reached) < 0)
        {
            return byOld;
        }

        return reached;
    }

    /// <summary>Whether a set of servers is a quorum: a majority of the voters and, under joint consensus, of the old voters too.</summary>
    /// <param name="configuration">The configuration. Without voters there is no quorum.</param>
    /// <param name="isIn">Whether a server is in the set.</param>
    public static bool IsQuorum(ClusterConfiguration configuration, Predicate<NodeId> isIn)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Count(configuration.Voters, isIn) >= Size(configuration.Voters.Count)
            && (!configuration.IsJoint || Count(configuration.OldVoters, isIn) >= Size(configuration.OldVoters.Count));
    }

    private static int Count(IReadOnlyList<NodeId> voters, Predicate<NodeId> isIn)
    {
        var count = 0;
        for (var i = 0; i < voters.Count; i++)
        {
            count += isIn(voters[i]) ? 1 : 0;
        }

        return count;
    }

    private static T ReachedBy<T>(IReadOnlyList<NodeId> voters, Func<NodeId, T> reachedBy)
        where T : unmanaged, IComparable<T>
    {
        // Asked for with each reply: without an array, unless a cluster is very large.
        Span<T> reached = voters.Count <= VotersOnStack ? stackalloc T[voters.Count] : new T[voters.Count];
        for (var i = 0; i < voters.Count; i++)
        {
            reached[i] = reachedBy(voters[i]);
        }

        reached.Sort();
        return reached[reached.Length - Size(reached.Length)];
    }
}
