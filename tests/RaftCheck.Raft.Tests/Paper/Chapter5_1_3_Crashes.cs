using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using RaftCheck.Raft.Tests.Storage;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Dissertation, §5.1.3, "saving and loading snapshots" and "discarding entries": a crash may come between any two steps
/// of a snapshot, and the server finds a state that it can go on from, with all that it had promised.
/// </summary>
public sealed class Chapter5_1_3_Crashes
{
    private static readonly RaftOptions NoTrail = NodeUnderTest.Plain with { SnapshotTrailingEntries = 0 };

    [Fact]
    public void Before_its_file_is_flushed_a_snapshot_is_not_there()
    {
        var node = TakingOne();
        After(node, "log 0:0|1:1:0101 2:1:0201 3:1:0301, snapshot ");
    }

    [Fact]
    public void Before_its_name_is_durable_a_snapshot_is_not_there_unless_the_name_has_reached_the_disk()
    {
        var node = TakingOne();
        node.CompleteFlush();
        Assert.Contains(node.Disk.Names, StorageNames.IsSnapshot);
        After(node, "log 0:0|1:1:0101 2:1:0201 3:1:0301, snapshot ");
        node.Disk.AfterPowerFailure(unflushedNamesKept: int.MaxValue).Open().State.ShouldBe("term 1, vote , log 2:1|3:1:0301, snapshot 2");
    }

    [Fact]
    public void Between_the_snapshot_and_the_compaction_of_the_log_the_compaction_is_made_up_for()
    {
        var node = TakingOne();
        node.CompleteFlush();
        node.CompleteFlush();
        After(node, "log 2:1|3:1:0301, snapshot 2");
    }

    [Fact]
    public void Between_a_leaders_snapshot_and_the_record_that_the_log_begins_anew_the_record_is_made_up_for()
    {
        // The log has another entry where the snapshot ends (rule 7), and nothing of it may be mixed with what follows.
        var node = NodeUnderTest.Follower(1, 1, 1, 1);
        node.Disk.HoldFlushes = true;
        node.Send(LeaderSnapshot.Of(1, 2).Whole(term: 2));
        node.CompleteFlush();
        node.CompleteFlush();
        node.Disk.AfterPowerFailure().Open().State.ShouldBe("term 2, vote , log 2:2|, snapshot 2");
    }

    [Fact]
    public void Wherever_a_crash_comes_while_a_snapshot_is_taken_every_entry_is_there_once_and_in_order()
    {
        var stops = 0;
        for (var isDone = false; !isDone; stops++)
        {
            // Small segments: so files of the log are begun and deleted too.
            var node = new NodeUnderTest(options: NoTrail with { WalSegmentBytes = 1 });
            node.Ask(Append(term: 1, entries: [1, 1, 1], commit: 2));
            node.Ask(Append(term: 1, prev: (3, 1), entries: [1, 1], commit: 4));
            node.Disk.StopAfter = stops;
            isDone = node.TakeSnapshot().IsCompleted && node.Disk.StopAfter > 0;
            foreach (var disk in Crashes(node.Disk))
            {
                var restarted = new NodeUnderTest(disk: disk, options: NoTrail);
                Assert.True(restarted.Ask(Append(term: 1, prev: (5, 1), commit: 5)).Success);
                Assert.Equal([1, 2, 3, 4, 5], restarted.Applied);
                Assert.Equal(5, restarted.Node.GetStatus().LastApplied.Value);
            }
        }

        Assert.True(stops > 8, $"There were only {stops} steps.");
    }

    [Theory]
    [InlineData("1 1 1 1")] // Rule 6: the log goes on behind it.
    [InlineData("1")] // Rule 7: the log ends before it.
    [InlineData("1 1 2")] // Rule 7: it has another entry there.
    public void Wherever_a_crash_comes_while_a_leaders_snapshot_is_received_what_was_confirmed_is_there_and_the_rest_is_received_again(string terms)
    {
        long[] log = [.. terms.Split(' ').Select(long.Parse)];
        var snapshot = LeaderSnapshot.Of(1, 1, log.Length > 3 ? 1 : 3);
        var stops = 0;
        for (var isDone = false; !isDone; stops++)
        {
            var node = new NodeUnderTest(options: NoTrail);
            node.Ask(Append(term: 2, entries: log, commit: 1));
            node.Disk.StopAfter = stops;
            var replies = snapshot.Chunks(2, term: 3).Select(chunk => node.Send(chunk)).ToList();
            isDone = node.Disk.StopAfter > 0;
            foreach (var disk in Crashes(node.Disk))
            {
                var restarted = new NodeUnderTest(disk: disk, options: NoTrail);
                var isConfirmed = replies[1] is { IsCompletedSuccessfully: true, Result.Installed: true };
                Assert.True(!isConfirmed || restarted.BaseIndex == 3, "It was confirmed, and is not there.");
                if (restarted.BaseIndex == 0)
                {
                    // All that an earlier leader was told is there still.
                    Assert.Equal(log, restarted.LogTerms);
                }

                Assert.True(AskAll(restarted, snapshot.Chunks(2, term: 3)).Installed);
                var behind = Append(term: 3, prev: (3, snapshot.Metadata.LastIncludedTerm.Value), entries: [3], commit: 4);
                Assert.True(restarted.Ask(behind).Success);
                Assert.Equal([1, 2, 3, 4], restarted.Applied);
                Assert.Equal((4, 4), (restarted.Node.GetStatus().LastLogIndex.Value, restarted.Node.GetStatus().LastApplied.Value));
            }
        }

        Assert.True(stops > 8, $"There were only {stops} steps.");
    }

    [Fact]
    public void A_partial_snapshot_does_not_survive_a_crash_and_its_sender_begins_anew()
    {
        var node = NodeUnderTest.Follower(term: 1);
        var chunks = LeaderSnapshot.Of(1, 1, 1).Chunks(3, term: 1);
        node.Ask(chunks[0]);
        node.Ask(chunks[1]);
        foreach (var disk in Crashes(node.Disk))
        {
            var restarted = new NodeUnderTest(disk: disk);
            Assert.DoesNotContain(restarted.Disk.Names, StorageNames.IsTemporary);
            Assert.Equal(new(new(1), 0, false), restarted.Ask(chunks[2]));
            Assert.True(AskAll(restarted, chunks).Installed);
        }
    }

    [Fact]
    public void A_crash_while_the_state_is_restored_restores_it_again()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Machine.Restore = () => new TaskCompletionSource().Task;
        Assert.True(node.Ask(LeaderSnapshot.Of(1, 1, 1).Whole(term: 1)).Installed);
        Assert.Equal(0, node.Node.GetStatus().LastApplied.Value);
        var restarted = new NodeUnderTest(disk: node.Disk.AfterPowerFailure());
        Assert.Equal([1, 2, 3], restarted.Applied);
        Assert.Equal((3, 3), (restarted.CommitIndex, restarted.Node.GetStatus().LastApplied.Value));
    }

    /// <summary>A follower with three entries that takes a snapshot of the first two. Its flushes are held.</summary>
    private static NodeUnderTest TakingOne()
    {
        var node = new NodeUnderTest(options: NoTrail);
        node.Ask(Append(term: 1, entries: [1, 1, 1], commit: 2));
        node.Disk.HoldFlushes = true;
        node.TakeSnapshot();
        Assert.Equal(1, node.Disk.HeldFlushes);
        return node;
    }

    private static InstallSnapshotReply AskAll(NodeUnderTest node, List<InstallSnapshotRequest> chunks) => chunks.ConvertAll(node.Ask)[^1];

    private static void After(NodeUnderTest node, string state)
    {
        // Twice: what was made up for is there the next time.
        var disk = node.Disk.AfterPowerFailure();
        disk.Open().State.ShouldBe($"term 1, vote , {state}");
        disk.AfterPowerFailure().Open().State.ShouldBe($"term 1, vote , {state}");
    }

    /// <summary>What a crash at this moment may leave: of what was not flushed, nothing, everything, or some.</summary>
    private static IEnumerable<TestDisk> Crashes(TestDisk disk) =>
    [
        disk.AfterPowerFailure(),
        disk.AfterPowerFailure(int.MaxValue, int.MaxValue),
        disk.AfterProcessKill(),
        .. Enumerable.Range(1, 5).Select(seed => disk.AfterPowerFailure(new Random(seed))),
    ];
}
