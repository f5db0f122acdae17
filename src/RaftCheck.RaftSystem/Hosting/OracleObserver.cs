using RaftCheck.Raft;
using RaftCheck.Raft.Storage;
using RaftCheck.RaftSystem.Oracle;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Hosting;

/// <summary>Tells the oracle what one server does, and counts how often it does each thing that it can.</summary>
internal sealed class OracleObserver(NodeId node, RaftOracle oracle, IRunRecorder recorder, DigestingStore store) : IRaftObserver
{
    public void Recovered(RecoveredState state) => oracle.Recovered(node, state, store.Digest);

    public void RoleChanged(Role role, Term term) => oracle.RoleChanged(node, role, term);

    public void Voted(Term term, NodeId candidate) => oracle.Voted(node, term, candidate);

    public void ElectionEvent(ElectionEvent reason, Term term)
    {
        oracle.Note(node, NameOf(reason), null, term);
        switch (reason)
        {
            case Raft.ElectionEvent.LostQuorum:
                Count(RaftFeature.LostQuorum);
                break;
            case Raft.ElectionEvent.Removed:
                Count(RaftFeature.LeaderRemoved);
                break;
            case Raft.ElectionEvent.VoteIgnored:
                Count(RaftFeature.VoteIgnored);
                break;
            case Raft.ElectionEvent.PreVoteGranted:
                Count(RaftFeature.PreVoteGranted);
                break;
            case Raft.ElectionEvent.PreVoteRefused:
                Count(RaftFeature.PreVoteRefused);
                break;
        }
    }

    public void Appended(LogEntry entry) => oracle.Appended(node, entry);

    public void Truncated(LogIndex from)
    {
        Count(RaftFeature.LogTruncated);
        oracle.Truncated(node, from);
    }

    public void Persisted(LogIndex durableLastIndex) => oracle.Persisted(node, durableLastIndex);

    public void Committed(LogIndex commitIndex) => oracle.Committed(node, commitIndex);

    public void Applied(LogEntry entry, ApplyOutcome outcome)
    {
        switch (outcome)
        {
            case ApplyOutcome.Duplicate:
                Count(RaftFeature.DuplicateAnswered);
                break;
            case ApplyOutcome.SessionExpired:
                Count(RaftFeature.ExpiredSessionRefused);
                break;
            case ApplyOutcome.Internal when entry.Kind == EntryKind.RegisterClient:
                Count(RaftFeature.SessionOpened);
                break;
        }

        oracle.Applied(node, entry, outcome, store.Digest);
    }

    public void ConfigurationChanged(ClusterConfiguration configuration, LogIndex index)
    {
        var before = oracle.View(node);
        Count(index < before.ConfigurationIndex ? RaftFeature.ConfigurationRolledBack
            : configuration.IsJoint ? RaftFeature.JointChange
            : RaftFeature.SimpleChange);
        if (configuration.Learners.Count > before.Configuration.Learners.Count)
        {
            Count(RaftFeature.LearnerAdded);
        }

        oracle.ConfigurationChanged(node, configuration, index);
    }

    public void SnapshotTaken(SnapshotMetadata snapshot)
    {
        Count(RaftFeature.SnapshotTaken);
        oracle.SnapshotTaken(node, snapshot);
    }

    public void Compacted(LogIndex upTo)
    {
        Count(RaftFeature.LogCompacted);
        oracle.Compacted(node, upTo);
    }

    public void SnapshotChunk(SnapshotMetadata snapshot, ChunkOutcome outcome) => Count(outcome switch
    {
        ChunkOutcome.Taken => RaftFeature.ChunkTaken,
        ChunkOutcome.Repeated => RaftFeature.ChunkRepeated,
        ChunkOutcome.OutOfOrder => RaftFeature.ChunkOutOfOrder,
        _ => RaftFeature.ChunkObsolete,
    });

    public void SnapshotInstalled(SnapshotMetadata snapshot, bool logKept)
    {
        Count(logKept ? RaftFeature.SnapshotInstalledLogKept : RaftFeature.SnapshotInstalledLogDiscarded);
        oracle.SnapshotInstalled(node, snapshot, logKept);
    }

    public void StateRestored(SnapshotMetadata snapshot)
    {
        Count(RaftFeature.StateRestored);
        oracle.StateRestored(node, snapshot, store.Digest);
    }

    public void LeadershipTransfer(NodeId target, TransferEvent transfer)
    {
        oracle.Note(node, "transfer", target, transfer);
        switch (transfer)
        {
            case TransferEvent.Begun:
                Count(RaftFeature.TransferBegun);
                break;
            case TransferEvent.Succeeded:
                Count(RaftFeature.TransferSucceeded);
                break;
            case TransferEvent.Failed:
                Count(RaftFeature.TransferFailed);
                break;
        }
    }

    public void ReadConfirmed(ReadKind kind, LogIndex readIndex)
    {
        oracle.Note(node, "read", null, readIndex);
        if (kind == ReadKind.Lease)
        {
            oracle.ReadByLease(node);
        }

        Count(kind switch
        {
            ReadKind.Lease => RaftFeature.ReadByLease,
            ReadKind.Follower => RaftFeature.ReadAtFollower,
            _ => RaftFeature.ReadByReadIndex,
        });
    }

    public void SessionExpired(long clientId, LogIndex at) => Count(RaftFeature.SessionExpired);

    public void Overloaded() => Count(RaftFeature.Overloaded);

    private void Count(RaftFeature feature) => recorder.Count((int)feature);

    private static string NameOf(ElectionEvent reason) => reason switch
    {
        Raft.ElectionEvent.LostQuorum => "lost quorum",
        Raft.ElectionEvent.Removed => "removed",
        Raft.ElectionEvent.StorageFailed => "storage failed",
        Raft.ElectionEvent.VoteIgnored => "vote ignored",
        Raft.ElectionEvent.PreVoteGranted => "pre-vote granted",
        Raft.ElectionEvent.PreVoteRefused => "pre-vote refused",
        _ => "pre-vote begun",
    };
}
