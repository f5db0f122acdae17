namespace RaftCheck.Raft;

/// <summary>What a server tells of itself when it is asked.</summary>
public sealed partial class RaftNode
{
    /// <summary>The server's state at this moment.</summary>
    public NodeStatus GetStatus()
    {
        lock (mutex)
        {
            return new NodeStatus(id, role, currentTerm, votedFor, log.LastIndex, log.LastTerm, commitIndex, lastApplied)
            {
                LeaderHint = leaderHint,
                Configuration = Configuration,
                ConfigurationIndex = configurations[^1].Index,
                FirstLogIndex = log.FirstIndex,
                SnapshotIndex = SnapshotIndexLocked,
                Followers = FollowersLocked(),
            };
        }
    }

    /// <returns>In the order of their identities; none unless the server leads.</returns>
    private IReadOnlyList<FollowerStatus> FollowersLocked()
    {
        var now = seams.Clock.Now;
        return [.. from each in progress
                   orderby each.Peer.Value
                   select new FollowerStatus(each.Peer, each.Mode, each.MatchIndex, each.NextIndex, each.InFlight, now - each.LastContact)];
    }
}
