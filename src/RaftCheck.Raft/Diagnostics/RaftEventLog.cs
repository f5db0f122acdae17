using RaftCheck.Raft.Seams;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>
/// What one node does, as structured events (<c>docs/OBSERVABILITY.md</c>). An event below the lowest level costs no
/// allocation. The sink is called by whoever calls the observer, mostly under the node's lock, so it must be short, must
/// not call the node, and hands slow work on; it may be called by two threads at once.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="clock">The node's clock.</param>
/// <param name="sink">Where events go.</param>
/// <param name="lowest">The lowest level that is of interest.</param>
public sealed class RaftEventLog(
    NodeId node, IClock clock, Action<RaftEvent> sink, RaftEventLevel lowest = RaftEventLevel.Information) : IRaftObserver
{
    private static readonly TimeSpan OverloadInterval = TimeSpan.FromSeconds(1);

    private Role role = Role.Follower;
    private TimeSpan? lastOverload;
    private long rejections;

    /// <inheritdoc/>
    void IRaftObserver.Recovered(RecoveredState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Wants(RaftEventLevel.Information))
        {
            Write(RaftEventLevel.Information, "Recovered", ("currentTerm", state.CurrentTerm.Value), ("votedFor", state.VotedFor?.ToString()),
                ("lastIncludedIndex", state.Snapshot?.LastIncludedIndex.Value), ("baseIndex", state.BaseIndex.Value),
                ("lastLogIndex", state.BaseIndex.Value + state.Log.Count), ("configuration", state.Configuration.ToString()));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.RoleChanged(Role role, Term term)
    {
        var level = role == this.role ? RaftEventLevel.Debug : RaftEventLevel.Information;
        if (Wants(level))
        {
            Write(level, "RoleChanged", ("role", EnumNames<Role>.Of(role)), ("previousRole", EnumNames<Role>.Of(this.role)), ("term", term.Value));
        }

        this.role = role;
    }

    /// <inheritdoc/>
    void IRaftObserver.Voted(Term term, NodeId candidate)
    {
        if (Wants(RaftEventLevel.Information))
        {
            Write(RaftEventLevel.Information, "Voted", ("term", term.Value), ("candidateId", candidate.ToString()));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.ElectionEvent(ElectionEvent reason, Term term)
    {
        var level = reason switch
        {
            Raft.ElectionEvent.StorageFailed => RaftEventLevel.Error,
            Raft.ElectionEvent.LostQuorum => RaftEventLevel.Warning,
            Raft.ElectionEvent.Removed => RaftEventLevel.Information,
            _ => RaftEventLevel.Debug,
        };
        if (Wants(level))
        {
            Write(level, "ElectionEvent", ("reason", EnumNames<ElectionEvent>.Of(reason)), ("term", term.Value));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.Appended(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (Wants(RaftEventLevel.Debug))
        {
            Write(RaftEventLevel.Debug, "Appended", ("index", entry.Index.Value), ("term", entry.Term.Value), ("kind", EnumNames<EntryKind>.Of(entry.Kind)), ("bytes", (long)entry.Command.Length));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.Truncated(LogIndex from)
    {
        if (Wants(RaftEventLevel.Information))
        {
            Write(RaftEventLevel.Information, "Truncated", ("from", from.Value));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.Persisted(LogIndex durableLastIndex)
    {
        if (Wants(RaftEventLevel.Debug))
        {
            Write(RaftEventLevel.Debug, "Persisted", ("durableLastIndex", durableLastIndex.Value));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.Committed(LogIndex commitIndex)
    {
        if (Wants(RaftEventLevel.Debug))
        {
            Write(RaftEventLevel.Debug, "Committed", ("commitIndex", commitIndex.Value));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.Applied(LogEntry entry, ApplyOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (Wants(RaftEventLevel.Debug))
        {
            Write(RaftEventLevel.Debug, "Applied", ("index", entry.Index.Value), ("term", entry.Term.Value), ("outcome", EnumNames<ApplyOutcome>.Of(outcome)));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.ConfigurationChanged(ClusterConfiguration configuration, LogIndex index)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (Wants(RaftEventLevel.Information))
        {
            Write(RaftEventLevel.Information, "ConfigurationChanged", ("index", index.Value), ("configuration", configuration.ToString()));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.SnapshotTaken(SnapshotMetadata snapshot) => WriteSnapshot("SnapshotTaken", snapshot);

    /// <inheritdoc/>
    void IRaftObserver.Compacted(LogIndex upTo)
    {
        if (Wants(RaftEventLevel.Information))
        {
            Write(RaftEventLevel.Information, "Compacted", ("upTo", upTo.Value));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.SnapshotChunk(SnapshotMetadata snapshot, ChunkOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (Wants(RaftEventLevel.Debug))
        {
            Write(RaftEventLevel.Debug, "SnapshotChunk", ("lastIncludedIndex", snapshot.LastIncludedIndex.Value), ("outcome", EnumNames<ChunkOutcome>.Of(outcome)));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.SnapshotInstalled(SnapshotMetadata snapshot, bool logKept) => WriteSnapshot("SnapshotInstalled", snapshot, ("logKept", logKept));

    /// <inheritdoc/>
    void IRaftObserver.StateRestored(SnapshotMetadata snapshot) => WriteSnapshot("StateRestored", snapshot);

    /// <inheritdoc/>
    void IRaftObserver.LeadershipTransfer(NodeId target, TransferEvent transfer)
    {
        var level = transfer == TransferEvent.Failed ? RaftEventLevel.Warning : RaftEventLevel.Information;
        if (Wants(level))
        {
            Write(level, "LeadershipTransfer", ("target", target.ToString()), ("transfer", EnumNames<TransferEvent>.Of(transfer)));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.ReadConfirmed(ReadKind kind, LogIndex readIndex)
    {
        if (Wants(RaftEventLevel.Debug))
        {
            Write(RaftEventLevel.Debug, "ReadConfirmed", ("kind", EnumNames<ReadKind>.Of(kind)), ("readIndex", readIndex.Value));
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.SessionExpired(long clientId, LogIndex at)
    {
        if (Wants(RaftEventLevel.Information))
        {
            Write(RaftEventLevel.Information, "SessionExpired", ("clientId", clientId), ("at", at.Value));
        }
    }

    /// <summary>Once a second at the most: an overload must not become a flood of events.</summary>
    void IRaftObserver.Overloaded()
    {
        rejections++;
        if (Wants(RaftEventLevel.Warning) && (lastOverload is not { } last || clock.Now - last >= OverloadInterval))
        {
            lastOverload = clock.Now;
            Write(RaftEventLevel.Warning, "Overloaded", ("rejections", rejections));
            rejections = 0;
        }
    }

    private bool Wants(RaftEventLevel level) => level >= lowest;

    private void WriteSnapshot(string name, SnapshotMetadata snapshot, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (Wants(RaftEventLevel.Information))
        {
            Write(RaftEventLevel.Information, name, [("lastIncludedIndex", snapshot.LastIncludedIndex.Value), ("lastIncludedTerm", snapshot.LastIncludedTerm.Value), .. more]);
        }
    }

    private void Write(RaftEventLevel level, string name, params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var pairs = new KeyValuePair<string, object?>[fields.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new(fields[i].Name, fields[i].Value);
        }

        sink(new RaftEvent(clock.Now, level, node, name, pairs));
    }
}
