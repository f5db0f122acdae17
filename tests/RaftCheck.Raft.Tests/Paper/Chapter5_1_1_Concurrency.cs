using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using RaftCheck.Raft.Tests.Storage;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Dissertation, §5.1.1 and §5.1.2: a snapshot is written beside the normal work, of the state at one moment, and when it
/// is due.
/// </summary>
public sealed class Chapter5_1_1_Concurrency
{
    private static readonly RaftOptions NoTrail = NodeUnderTest.Plain with { SnapshotTrailingEntries = 0 };

    [Fact]
    public void While_it_is_written_the_server_takes_and_applies_entries_and_the_snapshot_does_not_change()
    {
        var (node, written) = Writing(commit: 2);
        Assert.True(node.Ask(Append(term: 1, prev: (2, 1), entries: [1, 1], commit: 4)).Success);
        Assert.Equal([1, 2, 3, 4], node.Applied);
        Assert.True(node.Ask(Vote(term: 2, last: (4, 1))).VoteGranted);
        node.Do(written.SetResult);
        Assert.Equal([1, 2], new NodeUnderTest(disk: node.Disk.AfterPowerFailure()).Applied);
        Assert.Equal((2, 4), (node.BaseIndex, node.Node.GetStatus().LastLogIndex.Value));
    }

    [Fact]
    public void While_it_is_written_a_leader_goes_on_with_heartbeats_and_commits()
    {
        var written = new TaskCompletionSource();
        var node = NodeUnderTest.Established(term: 1, log: [], options: NoTrail);
        node.Machine.WriteSnapshot = () => written.Task;
        var taken = node.TakeSnapshot();
        node.Elapse(500);
        Assert.Equal((Role.Leader, 20), (node.Role, node.Appends.Count));
        node.Start();
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal((2, 1), (node.CommitIndex, node.Applied.Length));
        Assert.False(taken.IsCompleted);
    }

    [Fact]
    public void The_log_stays_whole_until_the_snapshot_is_on_disk()
    {
        var node = Follower(NoTrail, commit: 3);
        node.Disk.HoldFlushes = true;
        var taken = node.TakeSnapshot();
        for (var flushes = 0; flushes < 2; flushes++)
        {
            Assert.Equal((0, 3), (node.BaseIndex, node.LogTerms.Length));
            node.Disk.AfterPowerFailure().Open().State.ShouldBe("term 1, vote , log 0:0|1:1:0101 2:1:0201 3:1:0301, snapshot ");
            node.CompleteFlush();
        }

        Assert.Equal(3, taken.Now()!.LastIncludedIndex.Value);
        Assert.Equal(3, node.BaseIndex);
    }

    [Fact]
    public void Only_one_is_under_way_and_who_asks_for_what_it_covers_shares_it()
    {
        var (node, written) = Writing(commit: 2);
        var (second, third) = (node.TakeSnapshot(), node.TakeSnapshot());
        Assert.Single(node.Disk.Names, StorageNames.IsTemporary);
        node.Do(written.SetResult);
        Assert.Equal((2, 2), (second.Now()!.LastIncludedIndex.Value, third.Now()!.LastIncludedIndex.Value));
        Assert.Equal(["taken 2", "compacted 2"], node.SnapshotEvents);
        Assert.Equal(1, node.Tasks.Started.Count(name => name == "snapshot"));
    }

    [Fact]
    public void Who_asks_for_more_than_the_one_under_way_covers_waits_for_another_one()
    {
        var (node, written) = Writing(commit: 2);
        node.Ask(Append(term: 1, prev: (2, 1), entries: [1, 1], commit: 4));
        var second = node.TakeSnapshot();
        Assert.Single(node.Disk.Names, StorageNames.IsTemporary);
        node.Do(written.SetResult);
        Assert.Equal(4, second.Now()!.LastIncludedIndex.Value);
        Assert.Equal(["taken 2", "compacted 2", "taken 4", "compacted 4"], node.SnapshotEvents);
    }

    [Fact]
    public void There_is_none_of_nothing_and_none_of_a_server_that_stopped()
    {
        Assert.Null(new NodeUnderTest().TakeSnapshot().Now());
        var (node, written) = Writing(commit: 2);
        var taken = node.TakeSnapshot();
        node.Do(node.Node.Stop);
        Assert.Null(taken.Now());
        node.Do(written.SetResult);
        Assert.Null(node.Disk.AfterPowerFailure().Open().State.Snapshot);
        Assert.Null(node.Disk.Open().State.Snapshot);
    }

    [Fact]
    public void It_is_due_after_SnapshotEntries_applied_entries_and_again_after_as_many()
    {
        var node = Follower(NoTrail with { SnapshotEntries = 3 }, commit: 2);
        Assert.Empty(node.SnapshotEvents);
        for (var index = 3; index <= 7; index++)
        {
            node.Ask(Append(term: 1, prev: (index - 1, 1), entries: [1], commit: index));
        }

        Assert.Equal(["taken 3", "compacted 3", "taken 6", "compacted 6"], node.SnapshotEvents);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], node.Applied);
    }

    [Fact]
    public void It_is_never_due_if_SnapshotEntries_is_0_and_after_a_restart_the_count_goes_on_from_the_latest()
    {
        var never = Follower(NoTrail with { SnapshotEntries = 0 }, commit: 100);
        Assert.Empty(never.SnapshotEvents);
        never.TakeSnapshot().Now();
        var restarted = new NodeUnderTest(disk: never.Disk.AfterPowerFailure(), options: NoTrail with { SnapshotEntries = 2 });
        restarted.Ask(Append(term: 1, prev: (100, 1), entries: [1], commit: 101));
        Assert.Empty(restarted.SnapshotEvents);
        restarted.Ask(Append(term: 1, prev: (101, 1), entries: [1], commit: 102));
        Assert.Equal(["taken 102", "compacted 102"], restarted.SnapshotEvents);
    }

    [Fact]
    public void A_state_machine_that_fails_to_write_its_snapshot_stops_the_server_and_leaves_log_and_storage_alone()
    {
        var (node, written) = Writing(commit: 3);
        Assert.Throws<InvalidOperationException>(() => node.Do(() => written.SetException(new InvalidOperationException("no snapshot"))));
        Assert.Empty(node.SnapshotEvents);
        Assert.False(node.Ask(Append(term: 1, prev: (3, 1), entries: [1])).Success);
        foreach (var disk in new[] { node.Disk.AfterPowerFailure(), node.Disk.AfterProcessKill() })
        {
            disk.Open().State.ShouldBe("term 1, vote , log 0:0|1:1:0101 2:1:0201 3:1:0301, snapshot ");
        }
    }

    [Fact]
    public void A_disk_that_fails_at_any_step_of_a_snapshot_stops_the_server_and_loses_nothing_of_the_log()
    {
        for (var step = 1; ; step++)
        {
            var node = Follower(NoTrail, commit: 3);
            var left = step;
            node.Disk.OnChange = _ =>
            {
                if (--left == 0)
                {
                    throw new IOException("The disk is full.");
                }
            };
            var failure = Record.Exception(() => { node.TakeSnapshot(); });
            if (left > 0)
            {
                Assert.Null(failure);
                Assert.True(step > 5, $"There were only {step} steps.");
                return;
            }

            Assert.IsType<StorageException>(failure);
            Assert.Equal(["StorageFailed in term 1"], node.ElectionEvents);
            var restarted = new NodeUnderTest(disk: node.Disk.AfterPowerFailure());
            restarted.Ask(Append(term: 1, prev: (3, 1), commit: 3));
            Assert.Equal([1, 2, 3], restarted.Applied);
        }
    }

    private static NodeUnderTest Follower(RaftOptions options, int commit)
    {
        var node = new NodeUnderTest(options: options);
        Assert.True(node.Ask(Append(term: 1, entries: [.. Enumerable.Repeat(1L, commit)], commit: commit)).Success);
        return node;
    }

    /// <summary>A follower that is writing a snapshot of all its entries, until the test lets it.</summary>
    private static (NodeUnderTest Node, TaskCompletionSource Written) Writing(int commit)
    {
        var written = new TaskCompletionSource();
        var node = Follower(NoTrail, commit);
        node.Machine.WriteSnapshot = () => written.Task;
        node.TakeSnapshot();
        Assert.Single(node.Disk.Names, StorageNames.IsTemporary);
        return (node, written);
    }
}
