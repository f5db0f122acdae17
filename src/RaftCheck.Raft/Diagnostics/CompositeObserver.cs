using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>
/// Tells several observers what a node does, one after another in the order in which they were given. An exception of one
/// of them escapes, and those behind it are not told. As safe for use by several threads as the observers are.
/// </summary>
/// <param name="observers">The observers.</param>
public sealed class CompositeObserver(params IEnumerable<IRaftObserver> observers) : IRaftObserver
{
    // An array, because most calls come with the node's lock held, and walking it allocates nothing.
    private readonly IRaftObserver[] all = [.. observers];

    /// <inheritdoc/>
    public void Recovered(RecoveredState state)
    {
        foreach (var each in all)
        {
            each.Recovered(state);
        }
    }

    /// <inheritdoc/>
    public void RoleChanged(Role role, Term term)
    {
        foreach (var each in all)
        {
            each.RoleChanged(role, term);
        }
    }

    /// <inheritdoc/>
    public void Voted(Term term, NodeId candidate)
    {
        foreach (var each in all)
        {
            each.Voted(term, candidate);
        }
    }

    /// <inheritdoc/>
    public void ElectionEvent(ElectionEvent reason, Term term)
    {
        foreach (var each in all)
        {
            each.ElectionEvent(reason, term);
        }
    }

    /// <inheritdoc/>
    public void Appended(LogEntry entry)
    {
        foreach (var each in all)
        {
            each.Appended(entry);
        }
    }

    /// <inheritdoc/>
    public void Truncated(LogIndex from)
    {
        foreach (var each in all)
        {
            each.Truncated(from);
        }
    }

    /// <inheritdoc/>
    public void Persisted(LogIndex durableLastIndex)
    {
        foreach (var each in all)
        {
            each.Persisted(durableLastIndex);
        }
    }

    /// <inheritdoc/>
    public void Committed(LogIndex commitIndex)
    {
        foreach (var each in all)
        {
            each.Committed(commitIndex);
        }
    }

    /// <inheritdoc/>
    public void Applied(LogEntry entry, ApplyOutcome outcome)
    {
        foreach (var each in all)
        {
            each.Applied(entry, outcome);
        }
    }

    /// <inheritdoc/>
    public void ConfigurationChanged(ClusterConfiguration configuration, LogIndex index)
    {
        foreach (var each in all)
        {
            each.ConfigurationChanged(configuration, index);
        }
    }

    /// <inheritdoc/>
    public void SnapshotTaken(SnapshotMetadata snapshot)
    {
        foreach (var each in all)
        {
            each.SnapshotTaken(snapshot);
        }
    }

    /// <inheritdoc/>
    public void Compacted(LogIndex upTo)
    {
        foreach (var each in all)
        {
            each.Compacted(upTo);
        }
    }

    /// <inheritdoc/>
    public void SnapshotChunk(SnapshotMetadata snapshot, ChunkOutcome outcome)
    {
        foreach (var each in all)
        {
            each.SnapshotChunk(snapshot, outcome);
        }
    }

    /// <inheritdoc/>
    public void SnapshotInstalled(SnapshotMetadata snapshot, bool logKept)
    {
        foreach (var each in all)
        {
            each.SnapshotInstalled(snapshot, logKept);
        }
    }

    /// <inheritdoc/>
    public void StateRestored(SnapshotMetadata snapshot)
    {
        foreach (var each in all)
        {
            each.StateRestored(snapshot);
        }
    }

    /// <inheritdoc/>
    public void LeadershipTransfer(NodeId target, TransferEvent transfer)
    {
        foreach (var each in all)
        {
            each.LeadershipTransfer(target, transfer);
        }
    }

    /// <inheritdoc/>
    public void ReadConfirmed(ReadKind kind, LogIndex readIndex)
    {
        foreach (var each in all)
        {
            each.ReadConfirmed(kind, readIndex);
        }
    }

    /// <inheritdoc/>
    public void SessionExpired(long clientId, LogIndex at)
    {
        foreach (var each in all)
        {
            each.SessionExpired(clientId, at);
        }
    }

    /// <inheritdoc/>
    public void Overloaded()
    {
        foreach (var each in all)
        {
            each.Overloaded();
        }
    }
}
