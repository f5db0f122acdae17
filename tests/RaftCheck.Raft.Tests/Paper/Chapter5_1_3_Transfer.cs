using RaftCheck.Raft.Tests.Harness;
using RaftCheck.Raft.Tests.Storage;
using static RaftCheck.Raft.Tests.Harness.SendingSnapshot;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §5.1 and §5.1.3: a leader transfers its snapshot to a follower that needs what was compacted away.</summary>
public sealed class Chapter5_1_3_Transfer
{
    [Fact]
    public void A_follower_that_needs_an_entry_that_was_compacted_away_is_sent_the_snapshot()
    {
        var node = Compacted();
        node.LastAppend(to: 1).Reply(Rejected(2, TooShort(nextIndex: 4)));
        Assert.Equal(Server(1), Assert.Single(node.Snapshots).To);
    }

    [Fact]
    public void A_follower_that_needs_what_comes_just_behind_is_sent_entries()
    {
        var node = Compacted();
        node.Start();
        node.LastAppend(to: 1).Reply(Rejected(2, TooShort(nextIndex: 5)));
        Assert.Empty(node.Snapshots);
        Assert.Equal((4, 2, 5), Sent(node));
    }

    [Fact]
    public void A_follower_that_is_only_a_little_behind_is_sent_the_entries_that_stayed()
    {
        var node = Compacted(Options with { SnapshotTrailingEntries = 2 });
        node.LastAppend(to: 1).Reply(Rejected(2, TooShort(nextIndex: 3)));
        Assert.Empty(node.Snapshots);
        Assert.Equal((2, 1, 3), Sent(node));
    }

    [Fact]
    public void A_follower_that_was_compacted_past_while_it_replicated_is_sent_the_snapshot_after_a_loss()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: Options);
        node.Start();
        node.Commit(2);
        node.Snapshot();
        node.AppendsTo(1)[0].Reply(null);
        node.Elapse(50);
        Assert.Equal((Server(1), 3), (node.LastChunk().To, node.LastChunk().Request.Snapshot.LastIncludedIndex.Value));
    }

    [Fact]
    public void One_chunk_is_under_way_at_a_time_and_the_next_one_follows_its_answer_at_once()
    {
        var node = ToServer1();
        node.Elapse(500);
        Assert.Equal([0], node.Offsets());
        node.TakeChunk();
        node.TakeChunk();
        Assert.Equal([0, 50, 100], node.Offsets());
    }

    [Fact]
    public void A_lost_chunk_is_sent_again_after_a_heartbeats_time_and_no_sooner()
    {
        var node = ToServer1();
        node.TakeChunk();
        node.LastChunk().Reply(null);
        node.Elapse(49);
        Assert.Equal([0, 50], node.Offsets());
        node.Elapse(1);
        Assert.Equal([0, 50, 50], node.Offsets());
    }

    [Fact]
    public void It_goes_on_where_the_follower_says_because_answers_are_lost_too()
    {
        var node = ToServer1();
        node.LastChunk().Reply(GoOnAt(100));
        Assert.Equal([0, 100], node.Offsets());
    }

    [Fact]
    public void A_follower_that_has_lost_what_it_had_is_sent_it_from_the_beginning_though_not_at_once()
    {
        var node = ToServer1();
        node.TakeChunk();
        node.LastChunk().Reply(GoOnAt(0));
        Assert.Equal([0, 50], node.Offsets());
        node.Elapse(50);
        Assert.Equal([0, 50, 0], node.Offsets());
    }

    [Theory]
    [InlineData(-5L, 0L)]
    [InlineData(100_000L, null)]
    public void An_answer_that_names_a_place_outside_of_the_file_does_no_harm(long place, long? goesOnAt)
    {
        var node = ToServer1();
        node.LastChunk().Reply(GoOnAt(place));
        Assert.Equal([0], node.Offsets());
        node.Elapse(50);
        Assert.Equal(goesOnAt ?? node.LastChunk().Request.Length, node.LastChunk().Request.Offset);
    }

    [Fact]
    public void Heartbeats_go_on_beside_it_and_what_is_answered_to_them_does_not_disturb_it()
    {
        var node = ToServer1();
        node.Start();
        node.Elapse(50);
        var heartbeat = Assert.Single(node.AppendsTo(1));
        Assert.Equal((4, 0), (heartbeat.Request.PrevLogIndex.Value, heartbeat.Request.Entries.Count));
        heartbeat.Reply(Rejected(2, TooShort(nextIndex: 1)));
        node.TakeChunk();
        Assert.Equal([0, 50], node.Offsets());
        Assert.Single(node.AppendsTo(1));
    }

    [Fact]
    public void Replication_is_resumed_at_the_entry_behind_the_last_included_one()
    {
        var node = ToServer1();
        node.Start();
        Assert.Empty(node.AppendsTo(1));
        node.TakeAllChunks();
        Assert.Equal((4, 2, 5), Sent(node));
        node.LastAppend(to: 1).Reply(Accepted(2));
        Assert.Equal(5, node.CommitIndex);
    }

    [Fact]
    public void If_the_log_goes_on_where_the_snapshot_under_way_ends_a_newer_one_does_not_interrupt_it()
    {
        var node = ToServer1(Options with { SnapshotTrailingEntries = 1 });
        node.Commit(2);
        node.Snapshot();
        node.TakeAllChunks();
        Assert.All(node.Snapshots, call => Assert.Equal(4, call.Request.Snapshot.LastIncludedIndex.Value));
        Assert.Equal((4, 2, 5), Sent(node));
    }

    [Fact]
    public void If_the_log_was_compacted_further_it_begins_anew_with_the_newer_one()
    {
        var node = ToServer1();
        node.TakeChunk();
        node.Commit(2);
        node.Snapshot();
        node.TakeChunk();
        Assert.Equal((5, 0), (node.LastChunk().Request.Snapshot.LastIncludedIndex.Value, node.LastChunk().Request.Offset));
        node.TakeAllChunks();
        node.Start();
        Assert.Equal((5, 2, 6), Sent(node));
    }

    [Fact]
    public void If_the_log_was_compacted_further_while_the_last_chunk_was_under_way_the_newer_one_follows_it()
    {
        var node = ToServer1();
        while (!node.LastChunk().Request.Done)
        {
            node.TakeChunk();
        }

        node.Commit(2);
        node.Snapshot();
        node.Appends.Clear();
        node.TakeChunk();
        Assert.Equal((5, 0), (node.LastChunk().Request.Snapshot.LastIncludedIndex.Value, node.LastChunk().Request.Offset));
        Assert.Empty(node.AppendsTo(1));
    }

    [Fact]
    public void It_ends_when_the_follower_turns_out_to_have_the_entries_after_all()
    {
        var node = ToServer1();
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(Accepted(2));
        node.Start();
        Assert.Equal((4, 2, 5), Sent(node));
        node.TakeChunk();
        Assert.Single(node.Snapshots);
    }

    [Fact]
    public void One_that_is_needed_again_before_it_has_ended_goes_on_and_no_second_one_begins()
    {
        var node = ToServer1();
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(Accepted(2));
        node.Start();
        node.Commit(2);
        node.Snapshot();
        node.LastAppend(to: 1).Reply(null);
        node.Elapse(50);
        Assert.Single(node.Snapshots);
        node.TakeChunk();
        Assert.Equal([4, 6], node.Snapshots.Select(call => call.Request.Snapshot.LastIncludedIndex.Value));
    }

    [Fact]
    public void Each_follower_is_sent_its_own()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1, 1, 1], servers: 5, options: Options);
        node.LastAppend(to: 3).Reply(Accepted(2));
        node.LastAppend(to: 4).Reply(Accepted(2));
        node.Snapshot();
        node.LastAppend(to: 1).Reply(Rejected(2, TooShort(nextIndex: 1)));
        node.TakeChunk();
        node.LastAppend(to: 2).Reply(Rejected(2, TooShort(nextIndex: 2)));
        node.Snapshots[1].Reply(Taken(node.Snapshots[1].Request));
        Assert.Equal([(1, 0), (1, 50), (2, 0), (1, 100)], node.Snapshots.Select(call => (call.To.Value, call.Request.Offset)));
    }

    [Fact]
    public void Its_answers_show_that_the_follower_still_follows()
    {
        // Nothing else is answered: the last contact is that of the chunks (§6.2).
        var node = ToServer1(Options with { CheckQuorum = true, SnapshotChunkBytes = 1 });
        for (var chunks = 0; chunks < 20; chunks++)
        {
            node.Elapse(50);
            node.TakeChunk();
        }

        Assert.Equal(Role.Leader, node.Role);
        node.Elapse(400);
        Assert.Equal(Role.Follower, node.Role);
    }

    [Fact]
    public void An_answer_of_an_earlier_leadership_confirms_nothing_and_continues_nothing()
    {
        var node = ToServer1();
        while (!node.LastChunk().Request.Done)
        {
            node.TakeChunk();
        }

        var (old, sent) = (node.LastChunk(), node.Snapshots.Count);
        node.Ask(Append(term: 3, prev: (4, 2), leader: 2));
        node.BecomeLeader();
        old.Reply(Taken(old.Request));
        Assert.Equal((sent, 4), (node.Snapshots.Count, node.CommitIndex));
        node.Elapse(50);
        Assert.Equal((4, 2, 5), Sent(node));
    }

    [Fact]
    public void A_leader_that_stops_closes_the_file_when_the_chunk_is_answered_or_lost()
    {
        foreach (var answer in new[] { Taken(ToServer1().LastChunk().Request), null })
        {
            var node = ToServer1();
            node.Do(node.Node.Stop);
            node.LastChunk().Reply(answer);
            node.Elapse(100);
            Assert.Single(node.Snapshots);
            node.Disk.Open();
        }
    }

    /// <summary>The latest AppendEntries to server 1: the entry before it, and the index of its first one.</summary>
    private static (long PrevIndex, long PrevTerm, long First) Sent(NodeUnderTest node)
    {
        var request = node.LastAppend(to: 1).Request;
        return (request.PrevLogIndex.Value, request.PrevLogTerm.Value, request.Entries[0].Index.Value);
    }
}
