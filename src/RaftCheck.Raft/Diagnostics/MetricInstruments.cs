using System.Diagnostics.Metrics;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>The instruments of the Raft's meter: names, kinds and units. The list for people is <c>docs/OBSERVABILITY.md</c>.</summary>
internal sealed class MetricInstruments(Meter meter)
{
    /// <summary>From a fast disk on the spot to a cluster over oceans, in seconds.</summary>
    private static readonly InstrumentAdvice<double> CommitBuckets = new()
    {
        HistogramBucketBoundaries = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>The gauges are read when somebody collects them.</summary>
    public void Observe(MetricState state)
    {
        Gauge("raft.term", "{term}", "The latest term that the node knows.", () => state.Term);
        Gauge("raft.log.base_index", "{entry}", "The last index that was compacted away.", () => state.Base);
        Gauge("raft.log.last_index", "{entry}", "The index of the last entry of the log.", () => state.LastIndex);
        Gauge("raft.log.durable_index", "{entry}", "Up to which index the log is on the node's own disk.", () => state.DurableIndex);
        Gauge("raft.commit.index", "{entry}", "The highest index that the node knows to be committed.", () => state.CommitIndex);
        Gauge("raft.applied.index", "{entry}", "The highest index that the node has applied.", () => state.AppliedIndex);
        Gauge("raft.snapshot.index", "{entry}", "The last index that the latest snapshot covers.", () => state.SnapshotIndex);
        Gauge("raft.config.voters", "{server}", "How many servers vote, in either configuration of a joint one.", () => state.Voters);
        Gauge("raft.config.learners", "{server}", "How many servers receive the log and don't vote.", () => state.Learners);
        Meter.CreateObservableGauge("raft.role", state.ObserveRoles, "1", "1 for the role that the node has, 0 for the others.");

        void Gauge(string name, string unit, string description, Func<long> value) =>
            Meter.CreateObservableGauge(name, () => state.IsOver ? [] : new[] { new Measurement<long>(value(), state.Node) }, unit, description);
    }

    public Meter Meter { get; } = meter;

    public Counter<long> Elections { get; } = Count(meter, "raft.elections", "{election}", "Elections that the node has begun.");

    public Counter<long> LeaderChanges { get; } = Count(meter, "raft.leader.changes", "{change}", "Leaderships that the node has won and lost.");

    public Counter<long> ElectionEvents { get; } = Count(meter, "raft.election.events", "{event}", "Ends of leaderships for other reasons than a newer term, pre-votes, and votes that were ignored.");

    public Counter<long> Votes { get; } = Count(meter, "raft.votes", "{vote}", "Votes that the node has given, also to itself.");

    public Counter<long> Appended { get; } = Count(meter, "raft.log.appended", "{entry}", "Entries added to the log.");

    public Counter<long> Truncated { get; } = Count(meter, "raft.log.truncated", "{entry}", "Entries removed from the log's end because another leader's log differs.");

    public Counter<long> Compacted { get; } = Count(meter, "raft.log.compacted", "{entry}", "Entries removed from the log's beginning because a snapshot covers them.");

    public Counter<long> Applied { get; } = Count(meter, "raft.log.applied", "{entry}", "Entries applied.");

    public Counter<long> Duplicates { get; } = Count(meter, "raft.duplicates", "{command}", "Commands that were not executed again: the session's cached response was returned.");

    public Counter<long> ConfigChanges { get; } = Count(meter, "raft.config.changes", "{change}", "How often another configuration came into use.");

    public Counter<long> SnapshotsTaken { get; } = Count(meter, "raft.snapshots.taken", "{snapshot}", "Snapshots written of the node's own state machine.");

    public Counter<long> SnapshotsInstalled { get; } = Count(meter, "raft.snapshots.installed", "{snapshot}", "Snapshots received whole from a leader.");

    public Counter<long> SnapshotsRestored { get; } = Count(meter, "raft.snapshots.restored", "{snapshot}", "How often the state machine was set to a snapshot.");

    public Counter<long> SnapshotChunks { get; } = Count(meter, "raft.snapshot.chunks", "{chunk}", "Chunks of snapshots that came from a leader.");

    public Counter<long> Transfers { get; } = Count(meter, "raft.transfers", "{event}", "Transfers of the leadership, by what happened.");

    public Counter<long> Reads { get; } = Count(meter, "raft.reads", "{read}", "Reads that were confirmed.");

    public Counter<long> SessionsExpired { get; } = Count(meter, "raft.sessions.expired", "{session}", "Client sessions that have ended.");

    public Counter<long> OverloadRejections { get; } = Count(meter, "raft.overload.rejections", "{proposal}", "Proposals refused because too many were under way.");

    public Histogram<double> CommitDuration { get; } = meter.CreateHistogram(
        "raft.commit.duration", "s", "From an entry's append on the leader until the leader knew it to be committed.", advice: CommitBuckets);

    private static Counter<long> Count(Meter of, string name, string unit, string description) => of.CreateCounter<long>(name, unit, description);
}
