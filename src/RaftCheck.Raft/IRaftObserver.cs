using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft;

/// <summary>
/// Is told what a node does, in the order in which it does it: for metrics and logs in production, for the oracle in a
/// simulated world. Every method but those that say otherwise is called under the node's lock, so it must be short and
/// must not call the node. An observer can't change what the node does. What it does not care for, it leaves out.
/// </summary>
public interface IRaftObserver
{
    /// <summary>The node has read its storage and is about to run.</summary>
    /// <param name="state">What the storage holds.</param>
    void Recovered(RecoveredState state)
    {
    }

    /// <summary>The node has taken a role in a term (Figure 4). A higher term than before is reported here too.</summary>
    /// <param name="role">The role.</param>
    /// <param name="term">The term.</param>
    void RoleChanged(Role role, Term term)
    {
    }

    /// <summary>The node has decided to vote; the vote leaves the node only once it is durable.</summary>
    /// <param name="term">The term of the vote.</param>
    /// <param name="candidate">Who received it.</param>
    void Voted(Term term, NodeId candidate)
    {
    }

    /// <summary>A leader has given up its leadership, or a vote was refused for the leader's sake, and why.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="term">The node's term.</param>
    void ElectionEvent(ElectionEvent reason, Term term)
    {
    }

    /// <summary>An entry was added at the end of the log.</summary>
    /// <param name="entry">The entry.</param>
    void Appended(LogEntry entry)
    {
    }

    /// <summary>The end of the log was removed (Figure 2, AppendEntries, rule 3).</summary>
    /// <param name="from">The first index that was removed.</param>
    void Truncated(LogIndex from)
    {
    }

    /// <summary>The log is on the node's own disk, up to an index.</summary>
    /// <param name="durableLastIndex">The index.</param>
    void Persisted(LogIndex durableLastIndex)
    {
    }

    /// <summary>The commit index has risen.</summary>
    /// <param name="commitIndex">The new commit index.</param>
    void Committed(LogIndex commitIndex)
    {
    }

    /// <summary>An entry was applied. Called by the applier, without the lock.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="outcome">What became of it.</param>
    void Applied(LogEntry entry, ApplyOutcome outcome)
    {
    }

    /// <summary>Another configuration is in use: one was appended, or was truncated away, or came with a snapshot.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="index">The index of its entry; 0 for the one that the cluster began with.</param>
    void ConfigurationChanged(ClusterConfiguration configuration, LogIndex index)
    {
    }

    /// <summary>The node has written a snapshot of its own state machine, durably (§7).</summary>
    /// <param name="snapshot">What it stands for.</param>
    void SnapshotTaken(SnapshotMetadata snapshot)
    {
    }

    /// <summary>The beginning of the log was removed, because a snapshot covers it (§7).</summary>
    /// <param name="upTo">The last index that was removed.</param>
    void Compacted(LogIndex upTo)
    {
    }

    /// <summary>A chunk of a leader's snapshot has come (Figure 13).</summary>
    /// <param name="snapshot">What the snapshot stands for.</param>
    /// <param name="outcome">What became of the chunk.</param>
    void SnapshotChunk(SnapshotMetadata snapshot, ChunkOutcome outcome)
    {
    }

    /// <summary>A leader's snapshot is complete, durable, and part of the node's state (Figure 13).</summary>
    /// <param name="snapshot">What it stands for.</param>
    /// <param name="logKept">Whether entries behind it were kept (rule 6); otherwise the whole log was discarded (rule 7).</param>
    void SnapshotInstalled(SnapshotMetadata snapshot, bool logKept)
    {
    }

    /// <summary>The state machine was set back to a snapshot. Called by the applier, without the lock.</summary>
    /// <param name="snapshot">The snapshot.</param>
    void StateRestored(SnapshotMetadata snapshot)
    {
    }

    /// <summary>A transfer of the leadership has begun or ended (dissertation, §3.10).</summary>
    /// <param name="target">To whom.</param>
    /// <param name="transfer">What happened.</param>
    void LeadershipTransfer(NodeId target, TransferEvent transfer)
    {
    }

    /// <summary>A read may be served once the state machine has applied an index.</summary>
    /// <param name="kind">By which way.</param>
    /// <param name="readIndex">The index.</param>
    void ReadConfirmed(ReadKind kind, LogIndex readIndex)
    {
    }

    /// <summary>A client's session has ended: it was idle for too long, or others took its place. Called by the applier, without the lock.</summary>
    /// <param name="clientId">The session.</param>
    /// <param name="at">The index of the entry at which it ended.</param>
    void SessionExpired(long clientId, LogIndex at)
    {
    }

    /// <summary>A proposal was refused because too many are under way.</summary>
    void Overloaded()
    {
    }
}

/// <summary>What a node has found in its storage.</summary>
/// <param name="CurrentTerm">The latest term.</param>
/// <param name="VotedFor">The candidate that received the node's vote in that term, or null.</param>
/// <param name="Snapshot">The latest snapshot, or null.</param>
/// <param name="BaseIndex">The index after which the log begins.</param>
/// <param name="BaseTerm">The term at that index.</param>
/// <param name="Log">The entries behind it.</param>
/// <param name="Configuration">The configuration in use.</param>
public sealed record RecoveredState(
    Term CurrentTerm,
    NodeId? VotedFor,
    SnapshotMetadata? Snapshot,
    LogIndex BaseIndex,
    Term BaseTerm,
    IReadOnlyList<LogEntry> Log,
    ClusterConfiguration Configuration);

/// <summary>What became of an entry that was applied.</summary>
public enum ApplyOutcome
{
    /// <summary>A command was given to the state machine.</summary>
    Executed,

    /// <summary>
    /// A command that was executed before: the cached response was returned (dissertation, §6.3), unless it was too large
    /// to be kept.
    /// </summary>
    Duplicate,

    /// <summary>A command of a session that does not exist, or no longer: it was not executed.</summary>
    SessionExpired,

    /// <summary>A command with a lower number than the session's latest: nobody waits for it, and it was not executed.</summary>
    Stale,

    /// <summary>An entry of Raft's own.</summary>
    Internal,
}

/// <summary>What became of a chunk of a snapshot.</summary>
public enum ChunkOutcome
{
    /// <summary>It was the next one, and was written.</summary>
    Taken,

    /// <summary>It had been there before.</summary>
    Repeated,

    /// <summary>There is a gap before it.</summary>
    OutOfOrder,

    /// <summary>The node has everything that the snapshot covers, or is receiving a newer one.</summary>
    Obsolete,
}

/// <summary>Why a leadership ended, or a vote was refused, other than by a newer term.</summary>
public enum ElectionEvent
{
    /// <summary>The leader has not heard from a quorum for an election timeout (dissertation, §6.2).</summary>
    LostQuorum,

    /// <summary>The leader is no longer a voter of the committed configuration (dissertation, §4.2.2).</summary>
    Removed,

    /// <summary>The server stops, in whichever role it is: its storage has failed, or its snapshot could not be written or restored.</summary>
    StorageFailed,

    /// <summary>A vote was refused, and its term ignored, because the leader was just heard from (dissertation, §4.2.3).</summary>
    VoteIgnored,

    /// <summary>A pre-vote was granted (dissertation, §9.6).</summary>
    PreVoteGranted,

    /// <summary>A pre-vote was refused.</summary>
    PreVoteRefused,

    /// <summary>The server has begun to ask for pre-votes.</summary>
    PreVoteBegun,
}

/// <summary>How a transfer of the leadership goes.</summary>
public enum TransferEvent
{
    /// <summary>The leader takes no more commands, and waits for the target to have the whole log.</summary>
    Begun,

    /// <summary>The target was told to stand for election.</summary>
    TimeoutNowSent,

    /// <summary>Another server leads.</summary>
    Succeeded,

    /// <summary>It took too long, or the target refused: the leader goes on as before.</summary>
    Failed,
}

/// <summary>By which way a read was confirmed.</summary>
public enum ReadKind
{
    /// <summary>A round of heartbeats was answered by a quorum (dissertation, §6.4).</summary>
    ReadIndex,

    /// <summary>The leader's lease has not ended (dissertation, §6.4.1).</summary>
    Lease,

    /// <summary>A follower has asked the leader (dissertation, §6.4).</summary>
    Follower,
}
