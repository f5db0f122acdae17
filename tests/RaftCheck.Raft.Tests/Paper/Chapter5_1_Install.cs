using RaftCheck.Raft.Sessions;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using RaftCheck.Raft.Tests.Storage;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// §7 and dissertation, §5.1: how a leader's snapshot meets what a server is doing: entries that are being applied, its own
/// snapshot, its proposals, its configuration.
/// </summary>
public sealed class Chapter5_1_Install
{
    private static readonly RaftOptions NoTrail = NodeUnderTest.Plain with { SnapshotTrailingEntries = 0 };

    [Fact]
    public void The_state_is_set_back_between_two_entries_and_no_entry_that_it_covers_is_applied_behind_it()
    {
        var slow = new TaskCompletionSource();
        var node = NodeUnderTest.Follower(term: 1);
        node.Machine.Apply = _ => slow.Task;
        node.Ask(Append(term: 1, entries: [1, 1, 1], commit: 3));
        Assert.True(node.Ask(LeaderSnapshot.Of(1, 1, 1, 1, 1).Whole(term: 1)).Installed);
        Assert.Equal((0, 0), (node.Machine.Restores, node.Node.GetStatus().LastApplied.Value));
        Assert.Equal([1], node.Applied);

        node.Do(slow.SetResult);
        Assert.Equal([1, 2, 3, 4, 5], node.Applied);
        Assert.Equal((1, 5), (node.Machine.Restores, node.Node.GetStatus().LastApplied.Value));
        Assert.Equal(Log(1, 1, 1, 1, 1).Select(e => e.Command.ToArray()), node.Machine.Applied.Select(e => e.Command.ToArray()));
    }

    [Fact]
    public void What_follows_the_snapshot_is_applied_only_behind_it()
    {
        var restored = new TaskCompletionSource();
        var node = NodeUnderTest.Follower(term: 1);
        node.Machine.Restore = () => restored.Task;
        node.Ask(LeaderSnapshot.Of(1, 1, 1).Whole(term: 1));
        Assert.True(node.Ask(Append(term: 1, prev: (3, 1), entries: [1], commit: 4)).Success);
        Assert.Equal((4, 0, 0), (node.CommitIndex, node.Node.GetStatus().LastApplied.Value, node.Applied.Length));
        node.Do(restored.SetResult);
        Assert.Equal([1, 2, 3, 4], node.Applied);
    }

    [Fact]
    public void A_newer_snapshot_that_comes_while_one_is_restored_is_restored_after_it()
    {
        var restored = new TaskCompletionSource();
        var node = NodeUnderTest.Follower(term: 1);
        node.Machine.Restore = () => restored.Task;
        node.Ask(LeaderSnapshot.Of(1, 1).Whole(term: 1));
        node.Ask(LeaderSnapshot.Of(1, 1, 1, 1).Whole(term: 1));
        node.Do(restored.SetResult);
        Assert.Equal([1, 2, 3, 4], node.Applied);
        Assert.Equal(["restored 2", "restored 4"], node.SnapshotEvents.Where(what => what.StartsWith("restored", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_newer_snapshot_that_is_on_disk_before_an_older_one_is_restored_is_not_taken_for_it()
    {
        // The applier is held up at the first entry. The newer snapshot is durable, and its record in the log is not yet.
        var slow = new TaskCompletionSource();
        var node = NodeUnderTest.Follower(term: 1);
        node.Machine.Apply = _ => slow.Task;
        node.Ask(Append(term: 1, entries: [1], commit: 1));
        node.Ask(LeaderSnapshot.Of(1, 1, 1).Whole(term: 1));
        node.Disk.HoldFlushes = true;
        var newer = node.Send(LeaderSnapshot.Of(1, 1, 1, 1, 1).Whole(term: 1));
        node.CompleteFlush();
        node.Do(slow.SetResult);
        node.CompleteFlush();
        node.CompleteFlush();
        Assert.True(newer.Now().Installed);
        Assert.Equal([1, 2, 3, 4, 5], node.Applied);
        Assert.Equal(5, node.Node.GetStatus().LastApplied.Value);
    }

    [Fact]
    public void The_servers_own_snapshot_that_ends_after_a_leaders_newer_one_is_given_up()
    {
        var written = new TaskCompletionSource();
        var node = new NodeUnderTest(options: NoTrail);
        node.Ask(Append(term: 1, entries: [1, 1], commit: 2));
        node.Machine.WriteSnapshot = () => written.Task;
        var own = node.TakeSnapshot();
        var leaders = LeaderSnapshot.Of(1, 1, 1, 1);
        Assert.True(node.Ask(leaders.Whole(term: 1)).Installed);
        Assert.Equal(leaders.Metadata, own.Now());

        node.Do(written.SetResult);
        Assert.DoesNotContain("taken 2", node.SnapshotEvents);
        Assert.Equal((4, 4), (node.BaseIndex, node.Node.GetStatus().SnapshotIndex.Value));
        Assert.Equal([1, 2, 3, 4], new NodeUnderTest(disk: node.Disk.AfterPowerFailure()).Applied);
        Assert.Equal(StorageNames.Snapshot(new(4), new(1)), Assert.Single(node.Disk.Names, name => StorageNames.IsSnapshot(name) || StorageNames.IsTemporary(name)));
    }

    [Fact]
    public void The_servers_own_snapshot_that_is_newer_than_the_one_that_arrives_stays()
    {
        var node = new NodeUnderTest(options: NoTrail);
        var older = LeaderSnapshot.Of(1, 1).Chunks(2, term: 1);
        node.Ask(older[0]);
        node.Ask(Append(term: 1, entries: [1, 1, 1], commit: 3));
        node.TakeSnapshot().Now();
        Assert.True(node.Ask(older[1]).Installed);
        Assert.Equal((3, 3, 0), (node.BaseIndex, node.Node.GetStatus().SnapshotIndex.Value, node.Machine.Restores));
        Assert.Equal([1, 2, 3], node.Applied);
    }

    [Fact]
    public void Proposals_that_the_snapshot_covers_end_with_an_unknown_outcome_and_those_behind_it_go_on_waiting()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var (covered, behind) = (node.Propose(new byte[] { 1 }), node.Propose(new byte[] { 2 }));
        node.Ask(LeaderSnapshot.Of(1, 2).Whole(term: 2, leader: 2));
        Assert.Equal(ProposeOutcome.Unknown, covered.Now().Outcome);
        Assert.False(behind.IsCompleted);
        node.Ask(Append(term: 2, prev: (2, 2), entries: [2], commit: 3, leader: 2));
        Assert.Equal(ProposeOutcome.Superseded, behind.Now().Outcome);
    }

    [Fact]
    public void A_configuration_of_the_log_that_is_discarded_gives_way_to_the_snapshots()
    {
        var (node, two) = WithConfiguration(at: 3, of: 2);
        Assert.Equal(two, node.Node.GetStatus().Configuration);
        node.Ask(LeaderSnapshot.Of(1, 1, 2, 2).Whole(term: 2));
        Assert.Equal((Given.Three, 0), (node.Node.GetStatus().Configuration, node.Node.GetStatus().ConfigurationIndex.Value));
    }

    [Fact]
    public void A_configuration_behind_the_snapshots_last_entry_stays_in_use_and_is_rolled_back_to_the_snapshots()
    {
        var (node, two) = WithConfiguration(at: 3, of: 2);
        var four = ClusterConfiguration.Of([Server(0), Server(1), Server(2), Server(3)]);
        node.Ask(LeaderSnapshot.Of(Log(1, 1), four, configurationIndex: 2).Whole(term: 1));
        Assert.Equal((two, 3), (node.Node.GetStatus().Configuration, node.Node.GetStatus().ConfigurationIndex.Value));
        node.Ask(Append(term: 2, prev: (2, 1), entries: [2]));
        Assert.Equal((four, 2), (node.Node.GetStatus().Configuration, node.Node.GetStatus().ConfigurationIndex.Value));
    }

    [Fact]
    public void The_sessions_are_the_snapshots_and_a_command_that_it_covers_is_not_executed_again()
    {
        var sessions = new SessionTable(new RaftOptions());
        var command = Entry(2, 1) with { Client = new ClientSequence(1, 1) };
        sessions.Register(Entry(1, 1) with { Kind = EntryKind.RegisterClient });
        sessions.Begin(command, out _);
        sessions.Complete(new ClientSequence(1, 1), command.Command);

        var node = NodeUnderTest.Follower(term: 1);
        node.Ask(LeaderSnapshot.Of([command], Given.Three, sessions: sessions).Whole(term: 1));
        node.Ask(Append(term: 1, prev: (2, 1), commit: 3) with { Entries = [command with { Index = new(3) }] });
        Assert.Equal((3, 2), (node.Node.GetStatus().LastApplied.Value, Assert.Single(node.Applied)));
    }

    /// <summary>A follower whose log has four entries of term 1, of which one is a configuration.</summary>
    private static (NodeUnderTest Node, ClusterConfiguration Configuration) WithConfiguration(int at, int of)
    {
        var configuration = ClusterConfiguration.Of(Enumerable.Range(0, of).Select(Server));
        var entries = Log(1, 1, 1, 1);
        entries[at - 1] = new LogEntry(new(at), new(1), configuration.Encode()) { Kind = EntryKind.Configuration };
        var node = new NodeUnderTest();
        Assert.True(node.Ask(Append(term: 1) with { Entries = entries }).Success);
        return (node, configuration);
    }
}
