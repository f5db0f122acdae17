namespace RaftCheck.Raft;

/// <summary>What a read that does not go through the log relies on.</summary>
public enum ReadConsistency
{
    /// <summary>Linearizable, whatever clocks do: the leader makes sure that it still leads (dissertation, §6.4).</summary>
    ReadIndex,

    /// <summary>
    /// Linearizable as long as clocks differ in speed by no more than <see cref="RaftOptions.ClockDriftBound"/>: a leader
    /// with a lease asks nobody (§6.4.1). Without a lease, and at other servers, it is a <see cref="ReadIndex"/>.
    /// </summary>
    Lease,
}

/// <summary>How a read ended.</summary>
public enum ReadOutcome
{
    /// <summary>The state machine may be read: it has applied all that was committed when the read began.</summary>
    Ok,

    /// <summary>There is no leader that could confirm the read, as far as the server knows. Another server may be asked.</summary>
    NotLeader,

    /// <summary>The server was stopped.</summary>
    Stopped,
}

/// <summary>The answer to <see cref="RaftNode.ReadIndexAsync"/>.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ReadIndex">The index up to which the state machine has applied at least; 0 unless the outcome is <see cref="ReadOutcome.Ok"/>.</param>
/// <param name="LeaderHint">Who the node believes to be the leader, or null.</param>
public readonly record struct ReadResult(ReadOutcome Outcome, LogIndex ReadIndex, NodeId? LeaderHint);
