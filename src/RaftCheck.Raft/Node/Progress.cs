namespace RaftCheck.Raft.Node;

/// <summary>What a leader knows of one follower (Figure 2, volatile state on leaders). Guarded by the node's lock.</summary>
internal sealed class Progress(NodeId peer)
{
    public NodeId Peer { get; } = peer;

    /// <summary>The index of the next entry to send.</summary>
    public LogIndex NextIndex { get; set; }

    /// <summary>The highest index known to be on the follower's disk. Within one leadership it only rises.</summary>
    public LogIndex MatchIndex { get; set; }

    /// <summary>The highest index that was sent since the last rejection; what is behind it has yet to be sent at all.</summary>
    public LogIndex SentIndex { get; set; }

    /// <summary>Begins a leadership (Figure 2: nextIndex is the leader's last index + 1, matchIndex 0).</summary>
    public void Reset(LogIndex leaderLastIndex)
    {
        NextIndex = leaderLastIndex.Next;
        MatchIndex = LogIndex.Zero;
        SentIndex = leaderLastIndex;
    }
}
