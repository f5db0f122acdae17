using System.Diagnostics.Metrics;
using RaftCheck.Raft.Seams;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>
/// What one node does, as metrics in OpenTelemetry's manner (names, units and attributes: <c>docs/OBSERVABILITY.md</c>).
/// Each measurement says which node it is of. A measurement that nobody listens to costs next to nothing, and none
/// allocates. Made for one node, and may be read by any thread.
/// </summary>
public sealed class RaftMetrics : IRaftObserver, IDisposable
{
    /// <summary>The name of the meter that the metrics belong to.</summary>
    public const string MeterName = "RaftCheck.Raft";

    private readonly Meter? ownMeter;
    private readonly IClock clock;
    private readonly MetricInstruments instruments;
    private readonly MetricState state;
    private readonly CommitTimer commitTimer = new();

    /// <summary>Metrics of a meter of their own, which ends with them.</summary>
    /// <param name="node">The node.</param>
    /// <param name="clock">The node's clock, for durations.</param>
    public RaftMetrics(NodeId node, IClock clock)
        : this(node, clock, new Meter(MeterName))
    {
        ownMeter = instruments.Meter;
    }

    /// <summary>Metrics of a meter that the caller owns, of several nodes in one process, or from a meter factory.</summary>
    /// <param name="node">The node.</param>
    /// <param name="clock">The node's clock, for durations.</param>
    /// <param name="meter">The meter.</param>
    public RaftMetrics(NodeId node, IClock clock, Meter meter)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(meter);
        this.clock = clock;
        state = new MetricState(node);
        instruments = new MetricInstruments(meter);
        instruments.Observe(state);
    }

    /// <summary>Ends the meter if it is the metrics' own; in another one, the gauges of this node fall silent.</summary>
    public void Dispose()
    {
        state.IsOver = true;
        ownMeter?.Dispose();
    }

    /// <inheritdoc/>
    void IRaftObserver.Recovered(RecoveredState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var covered = state.Snapshot?.LastIncludedIndex ?? LogIndex.Zero;
        this.state.Term = state.CurrentTerm.Value;
        this.state.Base = state.BaseIndex.Value;
        this.state.LastIndex = state.BaseIndex.Value + state.Log.Count;
        this.state.DurableIndex = this.state.LastIndex;
        this.state.RaiseCommit(covered.Value);
        this.state.RaiseSnapshot(covered.Value);
        this.state.Use(state.Configuration);
    }

    /// <inheritdoc/>
    void IRaftObserver.RoleChanged(Role role, Term term)
    {
        var before = state.Role;
        state.Role = role;
        state.Term = term.Value;
        if (role == Role.Candidate)
        {
            instruments.Elections.Add(1, state.Node);
        }

        if (before != role && role == Role.Leader)
        {
            instruments.LeaderChanges.Add(1, state.Node, MetricTags.LeadershipWon);
        }
        else if (before != role && before == Role.Leader)
        {
            instruments.LeaderChanges.Add(1, state.Node, MetricTags.LeadershipLost);
        }

        commitTimer.Clear();
    }

    /// <inheritdoc/>
    void IRaftObserver.Voted(Term term, NodeId candidate) => instruments.Votes.Add(1, state.Node);

    /// <inheritdoc/>
    void IRaftObserver.ElectionEvent(ElectionEvent reason, Term term) =>
        instruments.ElectionEvents.Add(1, state.Node, MetricTags.Of(MetricTags.ElectionEvent, reason));

    /// <inheritdoc/>
    void IRaftObserver.Appended(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        state.LastIndex = entry.Index.Value;
        instruments.Appended.Add(1, state.Node, MetricTags.Of(MetricTags.EntryKind, entry.Kind));
        if (state.Role == Role.Leader && instruments.CommitDuration.Enabled)
        {
            commitTimer.Appended(entry.Index, clock.Now);
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.Truncated(LogIndex from)
    {
        instruments.Truncated.Add(state.LastIndex - from.Value + 1, state.Node);
        state.LastIndex = from.Value - 1;
        state.DurableIndex = Math.Min(state.DurableIndex, state.LastIndex);
    }

    /// <inheritdoc/>
    void IRaftObserver.Persisted(LogIndex durableLastIndex) => state.DurableIndex = durableLastIndex.Value;

    /// <inheritdoc/>
    void IRaftObserver.Committed(LogIndex commitIndex)
    {
        state.RaiseCommit(commitIndex.Value);
        if (!instruments.CommitDuration.Enabled)
        {
            commitTimer.Clear();
            return;
        }

        var now = clock.Now;
        while (commitTimer.TryTakeCommitted(commitIndex, out var appendedAt))
        {
            instruments.CommitDuration.Record((now - appendedAt).TotalSeconds, state.Node);
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.Applied(LogEntry entry, ApplyOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(entry);
        state.AppliedIndex = entry.Index.Value;
        instruments.Applied.Add(1, state.Node, MetricTags.Of(MetricTags.ApplyOutcome, outcome));
        if (outcome == ApplyOutcome.Duplicate)
        {
            instruments.Duplicates.Add(1, state.Node);
        }
    }

    /// <inheritdoc/>
    void IRaftObserver.ConfigurationChanged(ClusterConfiguration configuration, LogIndex index)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        state.Use(configuration);
        instruments.ConfigChanges.Add(1, state.Node);
    }

    /// <inheritdoc/>
    void IRaftObserver.SnapshotTaken(SnapshotMetadata snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        state.RaiseSnapshot(snapshot.LastIncludedIndex.Value);
        instruments.SnapshotsTaken.Add(1, state.Node);
    }

    /// <inheritdoc/>
    void IRaftObserver.Compacted(LogIndex upTo)
    {
        instruments.Compacted.Add(Math.Max(0, upTo.Value - state.Base), state.Node);
        state.Base = Math.Max(state.Base, upTo.Value);
    }

    /// <inheritdoc/>
    void IRaftObserver.SnapshotChunk(SnapshotMetadata snapshot, ChunkOutcome outcome) =>
        instruments.SnapshotChunks.Add(1, state.Node, MetricTags.Of(MetricTags.ChunkOutcome, outcome));

    /// <inheritdoc/>
    void IRaftObserver.SnapshotInstalled(SnapshotMetadata snapshot, bool logKept)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var covered = snapshot.LastIncludedIndex.Value;
        state.RaiseSnapshot(covered);
        state.RaiseCommit(covered);
        state.Base = Math.Max(state.Base, covered);
        state.LastIndex = logKept ? Math.Max(state.LastIndex, covered) : covered;
        state.DurableIndex = logKept ? Math.Max(state.DurableIndex, covered) : covered;
        instruments.SnapshotsInstalled.Add(1, state.Node);
    }

    /// <inheritdoc/>
    void IRaftObserver.StateRestored(SnapshotMetadata snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        state.AppliedIndex = snapshot.LastIncludedIndex.Value;
        instruments.SnapshotsRestored.Add(1, state.Node);
    }

    /// <inheritdoc/>
    void IRaftObserver.LeadershipTransfer(NodeId target, TransferEvent transfer) =>
        instruments.Transfers.Add(1, state.Node, MetricTags.Of(MetricTags.TransferEvent, transfer));

    /// <inheritdoc/>
    void IRaftObserver.ReadConfirmed(ReadKind kind, LogIndex readIndex) =>
        instruments.Reads.Add(1, state.Node, MetricTags.Of(MetricTags.ReadKind, kind));

    /// <inheritdoc/>
    void IRaftObserver.SessionExpired(long clientId, LogIndex at) => instruments.SessionsExpired.Add(1, state.Node);

    /// <inheritdoc/>
    void IRaftObserver.Overloaded() => instruments.OverloadRejections.Add(1, state.Node);
}
