using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Dissertation, §5.1.3: a snapshot arrives over a network that loses, repeats and reorders its chunks, and from leaders
/// that follow one another.
/// </summary>
public sealed class Chapter5_1_3_Arrival
{
    private static readonly LeaderSnapshot Three = LeaderSnapshot.Of(1, 1, 1);
    private static readonly LeaderSnapshot Five = LeaderSnapshot.Of(1, 1, 1, 1, 1);

    [Fact]
    public void A_chunk_behind_a_lost_one_is_not_written_and_the_answer_says_where_to_go_on()
    {
        var (node, chunks) = (NodeUnderTest.Follower(term: 1), Three.Chunks(4, term: 1));
        node.Ask(chunks[0]);
        Assert.Equal(new(new(1), chunks[1].Offset, false), node.Ask(chunks[2]));
        Assert.Equal(new(new(1), chunks[1].Offset, false), node.Ask(chunks[3]));
        Assert.Equal(["chunk Taken", "chunk OutOfOrder", "chunk OutOfOrder"], node.SnapshotEvents);
        AskAll(node, chunks.Skip(1));
        Assert.Equal([1, 2, 3], node.Applied);
    }

    [Fact]
    public void Chunks_that_come_twice_and_late_do_no_harm()
    {
        var (node, chunks) = (NodeUnderTest.Follower(term: 1), Three.Chunks(3, term: 1));
        AskAll(node, [chunks[0], chunks[0], chunks[1], chunks[0], chunks[1]]);
        Assert.True(node.Ask(chunks[2]).Installed);
        Assert.Equal([1, 2, 3], node.Applied);
        var files = node.Disk.Names;
        Assert.All(chunks, chunk => Assert.Equal(new(new(1), Three.Length, true), node.Ask(chunk)));
        Assert.Equal(files, node.Disk.Names);
        Assert.Equal(1, node.Machine.Restores);
    }

    [Fact]
    public void A_chunk_that_comes_while_another_one_is_written_waits_for_it_and_the_same_one_is_not_written_twice()
    {
        // The last chunk's flush is slow, and its sender has tried again.
        var node = NodeUnderTest.Follower(term: 1);
        node.Disk.HoldFlushes = true;
        var (first, repeated) = (node.Send(Three.Whole(term: 1)), node.Send(Three.Whole(term: 1)));
        var other = node.Send(Three.Chunks(3, term: 1)[1]);
        for (var flushes = 0; flushes < 3; flushes++)
        {
            Assert.False(first.IsCompleted || repeated.IsCompleted || other.IsCompleted);
            Assert.Equal(1, node.Disk.HeldFlushes);
            node.CompleteFlush();
        }

        Assert.All([first, repeated, other], reply => Assert.True(reply.Now().Installed));
        Assert.Equal(1, node.SnapshotEvents.Count(what => what == "chunk Taken"));
    }

    [Fact]
    public void Another_leaders_snapshot_begins_anew_even_if_it_stands_for_the_same()
    {
        // Two servers' snapshots of one entry may differ in their bytes, so one never goes on in the other.
        var node = NodeUnderTest.Follower(term: 1);
        var (old, current) = (Three.Chunks(3, term: 1), Three.Chunks(3, term: 2, leader: 2));
        node.Ask(old[0]);
        Assert.Equal(0, node.Ask(current[1]).NextOffset);
        Assert.Equal(current[1].Offset, node.Ask(current[0]).NextOffset);
        Assert.Equal(new(new(2), 0, false), node.Ask(old[1]));
        AskAll(node, current.Skip(1));
        Assert.Equal([1, 2, 3], node.Applied);
        Assert.DoesNotContain(node.Disk.Names, StorageNames.IsTemporary);
    }

    [Fact]
    public void A_new_leaders_older_snapshot_takes_the_place_of_what_came_of_the_deposed_ones_newer_one()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Ask(Five.Chunks(2, term: 1)[0]);
        AskAll(node, Three.Chunks(2, term: 2, leader: 2));
        Assert.Equal([1, 2, 3], node.Applied);
        Assert.Equal(0, node.Ask(Five.Chunks(2, term: 1)[1]).NextOffset);
    }

    [Fact]
    public void A_snapshot_from_an_old_leader_changes_nothing()
    {
        var node = NodeUnderTest.Follower(3, 1, 1, 3);
        Assert.Equal(new(new(3), 0, false), node.Ask(Five.Whole(term: 2)));
        Assert.Equal([1, 1, 3], node.LogTerms);
        Assert.Empty(node.Applied);
    }

    [Fact]
    public void An_older_snapshot_that_is_delayed_never_replaces_a_longer_log_nor_goes_back_in_what_is_committed()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Ask(Append(term: 1, entries: [1, 1, 1, 1, 1], commit: 4));
        Assert.Equal(new(new(1), Three.Length, true), node.Ask(Three.Whole(term: 1)));
        Assert.Equal((5, 4, 0), (node.LogTerms.Length, node.CommitIndex, node.Machine.Restores));
        Assert.Equal([1, 2, 3, 4], node.Applied);
        Assert.DoesNotContain(node.Disk.Names, StorageNames.IsSnapshot);
    }

    [Fact]
    public void An_older_snapshot_never_takes_the_place_of_a_newer_one()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Ask(Five.Whole(term: 1));
        Assert.True(node.Ask(Three.Whole(term: 1)).Installed);
        Assert.Equal((5, 5, 1), (node.BaseIndex, node.Node.GetStatus().LastApplied.Value, node.Machine.Restores));
        Assert.Equal([1, 2, 3, 4, 5], new NodeUnderTest(disk: node.Disk.AfterPowerFailure()).Applied);
    }

    [Fact]
    public void Of_two_that_are_written_at_once_the_newer_one_stays_and_both_are_answered()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Disk.HoldFlushes = true;
        var older = node.Send(Three.Whole(term: 1));
        var newer = node.Send(Five.Whole(term: 1));
        Release(node);
        Assert.True(older.Now().Installed && newer.Now().Installed);
        Assert.Equal((5, 5), (node.BaseIndex, node.Node.GetStatus().LastApplied.Value));
        Assert.Equal([1, 2, 3, 4, 5], node.Applied);
        Assert.Single(node.Disk.Names, StorageNames.IsSnapshot);
    }

    [Fact]
    public void When_the_log_has_caught_up_meanwhile_the_rest_is_not_needed_and_the_leader_is_told_so()
    {
        var (node, chunks) = (NodeUnderTest.Follower(term: 1), Three.Chunks(3, term: 1));
        node.Ask(chunks[0]);
        node.Ask(Append(term: 1, entries: [1, 1, 1, 1], commit: 3));
        Assert.Equal(new(new(1), Three.Length, true), node.Ask(chunks[1]));
        Assert.DoesNotContain(node.Disk.Names, StorageNames.IsTemporary);
        Assert.Equal((4, 0), (node.LogTerms.Length, node.Machine.Restores));
    }

    [Fact]
    public void Entries_that_are_committed_while_the_snapshot_is_written_stay_and_are_not_applied_again()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Disk.HoldFlushes = true;
        var installed = node.Send(Three.Whole(term: 1));
        node.Send(Append(term: 1, entries: [1, 1, 1, 1, 1], commit: 5));
        Assert.Equal([1, 2, 3, 4, 5], node.Applied);
        Release(node);
        Assert.True(installed.Now().Installed);
        Assert.Equal((3, 5, 5), (node.BaseIndex, node.CommitIndex, node.Node.GetStatus().LastApplied.Value));
        Assert.Equal((5, 0), (node.Applied.Length, node.Machine.Restores));
    }

    [Fact]
    public void A_newer_term_that_comes_while_it_is_written_does_not_take_it_back_and_is_told_to_its_sender()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Disk.HoldFlushes = true;
        var reply = node.Send(Three.Whole(term: 1));
        node.Send(Vote(term: 8, candidate: 2, last: (9, 1)));
        Release(node);
        Assert.Equal(new(new(8), Three.Length, true), reply.Now());
        Assert.Equal([1, 2, 3], node.Applied);
    }

    [Fact]
    public void A_file_that_is_damaged_on_its_way_is_refused_and_sent_again_from_the_beginning()
    {
        var node = NodeUnderTest.Follower(1, 1);
        var chunks = Three.Chunks(3, term: 1);
        var damaged = chunks[1].Data.ToArray();
        damaged[5] ^= 1;
        AskAll(node, [chunks[0], chunks[1] with { Data = damaged }]);
        Assert.Equal(new(new(1), 0, false), node.Ask(chunks[2]));
        Assert.Equal((1, 0, 0), (node.LogTerms.Length, node.CommitIndex, node.Machine.Restores));
        Assert.DoesNotContain(node.Disk.Names, name => StorageNames.IsTemporary(name) || StorageNames.IsSnapshot(name));
        AskAll(node, chunks);
        Assert.Equal([1, 2, 3], node.Applied);
    }

    [Fact]
    public void More_bytes_than_were_announced_are_refused()
    {
        var node = NodeUnderTest.Follower(term: 1);
        Assert.Equal(new(new(1), 0, false), node.Ask(Three.Whole(term: 1) with { Length = Three.Length - 1 }));
        Assert.True(node.Ask(Three.Whole(term: 1)).Installed);
    }

    [Fact]
    public void A_server_that_stops_while_it_receives_confirms_nothing_and_leaves_no_part_of_it()
    {
        var (between, within) = (NodeUnderTest.Follower(term: 1), NodeUnderTest.Follower(term: 1));
        between.Ask(Three.Chunks(3, term: 1)[0]);
        between.Do(between.Node.Stop);
        within.Disk.HoldFlushes = true;
        var reply = within.Send(Three.Whole(term: 1));
        within.Do(within.Node.Stop);
        Release(within);
        Assert.False(reply.Now().Installed);
        Assert.False(between.Ask(Three.Whole(term: 1)).Installed);
        foreach (var restarted in new[] { between, within }.Select(node => new NodeUnderTest(disk: node.Disk)))
        {
            Assert.DoesNotContain(restarted.Disk.Names, StorageNames.IsTemporary);
            Assert.Equal(0, restarted.Ask(Three.Chunks(3, term: 1)[1]).NextOffset);
        }
    }

    private static void AskAll(NodeUnderTest node, IEnumerable<InstallSnapshotRequest> chunks)
    {
        foreach (var chunk in chunks)
        {
            node.Ask(chunk);
        }
    }

    /// <summary>All flushes that wait end, and no more wait.</summary>
    private static void Release(NodeUnderTest node)
    {
        node.Disk.HoldFlushes = false;
        while (node.Disk.HeldFlushes > 0)
        {
            node.CompleteFlush();
        }
    }
}
