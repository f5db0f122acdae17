using System.Diagnostics.Metrics;
using RaftCheck.Raft.Diagnostics;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Diagnostics;

/// <summary>Proves that the metrics say what happened, of which node, by the node's own clock.</summary>
public sealed class RaftMetricsTests : IDisposable
{
    private readonly Meter meter = new(RaftMetrics.MeterName);
    private readonly MeterListener listener = new();
    private readonly List<(string Name, double Value, string Tags)> seen = [];
    private readonly ManualClock clock = new();
    private readonly RaftMetrics metrics;

    public RaftMetricsTests()
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Note(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Note(i, value, tags));
        listener.Start();
        metrics = new RaftMetrics(Server(0), clock, meter);
    }

    private IRaftObserver Node => metrics;

    public void Dispose()
    {
        listener.Dispose();
        metrics.Dispose();
        meter.Dispose();
    }

    [Fact]
    public void A_leaders_entry_is_timed_from_its_append_to_its_commit_by_the_nodes_clock()
    {
        Node.RoleChanged(Role.Leader, new(1));
        Node.Appended(Entry(1, 1));
        clock.AdvanceToNext(TimeSpan.FromMilliseconds(30));
        Node.Appended(Entry(2, 1));
        clock.AdvanceToNext(TimeSpan.FromMilliseconds(50));
        Node.Committed(new(1));
        clock.AdvanceToNext(TimeSpan.FromMilliseconds(70));
        Node.Committed(new(2));

        Assert.Equal([0.05, 0.04], seen.Where(m => m.Name == "raft.commit.duration").Select(m => Math.Round(m.Value, 6)));
    }

    [Fact]
    public void What_a_leader_has_not_committed_when_it_steps_down_is_not_timed()
    {
        Node.RoleChanged(Role.Leader, new(1));
        Node.Appended(Entry(1, 1));
        Node.RoleChanged(Role.Follower, new(2));
        Node.Committed(new(1));

        Assert.DoesNotContain(seen, m => m.Name == "raft.commit.duration");
    }

    [Fact]
    public void The_gauges_show_the_present_state_and_exactly_one_role()
    {
        Node.RoleChanged(Role.Candidate, new(3));
        Node.RoleChanged(Role.Leader, new(3));
        Node.Appended(Entry(1, 3));
        Node.Appended(Entry(2, 3));
        Node.Committed(new(2));
        Node.Applied(Entry(1, 3), ApplyOutcome.Executed);
        listener.RecordObservableInstruments();

        Assert.Equal((3, 2, 2, 1), (Gauge("raft.term"), Gauge("raft.log.last_index"), Gauge("raft.commit.index"), Gauge("raft.applied.index")));
        Assert.Equal("raft.node.id=n0 raft.role=leader", Assert.Single(seen, m => m.Name == "raft.role" && m.Value == 1).Tags);
        Assert.Equal(4, seen.Count(m => m.Name == "raft.role"));
    }

    [Fact]
    public void A_truncation_counts_the_entries_that_are_gone()
    {
        for (var i = 1; i <= 5; i++)
        {
            Node.Appended(Entry(i, 1));
        }

        Node.Truncated(new(3));

        Assert.Equal(3, seen.Single(m => m.Name == "raft.log.truncated").Value);
    }

    [Fact]
    public void The_gauges_of_a_node_that_is_over_fall_silent_in_a_shared_meter()
    {
        metrics.Dispose();
        listener.RecordObservableInstruments();

        Assert.Empty(seen);
    }

    private double Gauge(string name) => seen.Single(m => m.Name == name).Value;

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        seen.Add((instrument.Name, value, string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
}
