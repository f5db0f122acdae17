namespace RaftCheck.Raft;

/// <summary>By which way a read is made linearizable without an entry in the log (dissertation, §6.4).</summary>
public enum ReadConsistency
{
    /// <summary>The leader confirms with a round of heartbeats that it still leads. Depends on no clock.</summary>
    ReadIndex,

    /// <summary>
    /// The leader relies on its lease (§6.4.1), and so on <see cref="RaftOptions.ClockDriftBound"/>; without a lease, or
    /// without <see cref="RaftOptions.CheckQuorum"/>, it is as <see cref="ReadIndex"/>.
    /// </summary>
    Lease,
}

/// <summary>How a read ended.</summary>
public enum ReadOutcome
{
    /// <summary>The state machine may be read now.</summary>
    Ok,

    /// <summary>No leader was found that could confirm that it is one; try again, perhaps elsewhere.</summary>
    NotLeader,

    /// <summary>The node was stopped first.</summary>
    Unknown,
}

/// <summary>The answer to <see cref="RaftNode.ReadIndexAsync"/>.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ReadIndex">The index that the node's state machine has applied at the least; 0 unless the outcome is Ok.</param>
/// <param name="LeaderHint">Who the node believes to be the leader, or null.</param>
public sealed record ReadResult(ReadOutcome Outcome, LogIndex ReadIndex, NodeId? LeaderHint);
