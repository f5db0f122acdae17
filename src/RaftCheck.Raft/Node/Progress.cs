namespace RaftCheck.Raft.Node;

/// <summary>
/// What a leader knows of one other server (Figure 2, volatile state on leaders). Guarded by the node's lock. Made anew at
/// the start of each leadership, and when a server is added to the cluster: a reply to a request of an earlier one, even
/// of the same term, finds another object and is ignored.
/// </summary>
internal sealed class Progress(NodeId peer, LogIndex leaderLastIndex)
{
    public NodeId Peer { get; } = peer;

    /// <summary>The index of the next entry to send (Figure 2: at first the leader's last index + 1).</summary>
    public LogIndex NextIndex { get; set; } = leaderLastIndex.Next;

    /// <summary>The highest index known to be on the follower's disk. It only rises.</summary>
    public LogIndex MatchIndex { get; set; }

    public ReplicationMode Mode { get; set; } = ReplicationMode.Probe;

    /// <summary>How many AppendEntries with entries are under way, while replicating.</summary>
    public int InFlight { get; set; }

    /// <summary>Rises when the window is given up: what was under way by then no longer counts for it.</summary>
    public int Window { get; set; }

    /// <summary>Whether a task that will send entries has been started and has not sent them yet.</summary>
    public bool IsSendScheduled { get; set; }

    /// <summary>Whether a probe is under way, which nothing but its reply, its loss, or the next heartbeat ends.</summary>
    public bool ProbeInFlight { get; set; }

    /// <summary>Whether a snapshot is under way to it: one at the most.</summary>
    public bool IsSendingSnapshot { get; set; }

    /// <summary>The latest round of requests that this server has answered in the leader's term: it still follows then.</summary>
    public long AnsweredRound { get; set; }

    /// <summary>When the latest request that was answered in the leader's term was sent. Leases count from here (dissertation, §6.4.1).</summary>
    public TimeSpan? AnsweredSentAt { get; set; }

    /// <summary>When the latest answer of the leader's term came: whether the leader still has a quorum (§6.2).</summary>
    public TimeSpan LastContact { get; set; }

    /// <summary>Up to where the follower knows that the log is committed.</summary>
    public LogIndex KnownCommitIndex { get; set; }

    /// <summary>Goes back to probing from behind what the follower is known to have.</summary>
    public void Probe(LogIndex nextIndex)
    {
        Mode = ReplicationMode.Probe;
        NextIndex = LogIndex.Max(MatchIndex.Next, nextIndex);
        ProbeInFlight = false;
        InFlight = 0;
        Window++;
    }

    /// <summary>The follower has confirmed that its log agrees up to an index.</summary>
    /// <param name="upTo">The index.</param>
    /// <param name="canReplicateFrom">Where the leader's log begins: up to there a snapshot must be sent.</param>
    public void Confirm(LogIndex upTo, LogIndex canReplicateFrom)
    {
        MatchIndex = LogIndex.Max(MatchIndex, upTo);
        NextIndex = LogIndex.Max(NextIndex, MatchIndex.Next);
        if (Mode == ReplicationMode.Probe || (Mode == ReplicationMode.Snapshot && MatchIndex >= canReplicateFrom))
        {
            Mode = ReplicationMode.Replicate;
            NextIndex = MatchIndex.Next;
            ProbeInFlight = false;
            InFlight = 0;
            Window++;
        }
    }
}
