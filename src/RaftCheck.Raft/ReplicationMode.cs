namespace RaftCheck.Raft;

/// <summary>How a leader sends to a follower.</summary>
public enum ReplicationMode
{
    /// <summary>It does not know yet where the logs agree: one request at a time, until one is accepted.</summary>
    Probe,

    /// <summary>It knows: requests follow one another without waiting, up to the window (dissertation, §10.2.2).</summary>
    Replicate,

    /// <summary>The follower needs entries that were compacted away: it is sent a snapshot (§7).</summary>
    Snapshot,
}
