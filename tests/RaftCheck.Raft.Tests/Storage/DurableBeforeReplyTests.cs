using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Storage;

/// <summary>Figure 2: persistent state is "updated on stable storage before responding to RPCs".</summary>
public sealed class DurableBeforeReplyTests
{
    [Fact]
    public void A_vote_leaves_only_when_it_is_on_disk()
    {
        var node = new NodeUnderTest();
        node.Disk.HoldFlushes = true;
        var reply = node.Send(Vote(term: 1));
        Assert.False(reply.IsCompleted);
        node.CompleteFlush();
        Assert.Equal(Granted(1), reply.Now());
    }

    [Fact]
    public void A_repeated_vote_waits_for_the_first_ones_flush()
    {
        var node = new NodeUnderTest();
        node.Disk.HoldFlushes = true;
        node.Send(Vote(term: 1));
        var repeated = node.Send(Vote(term: 1));
        Assert.False(repeated.IsCompleted);
        node.CompleteFlush();
        Assert.Equal(Granted(1), repeated.Now());
    }

    [Fact]
    public void A_refusal_that_tells_a_newer_term_leaves_only_when_the_term_is_on_disk()
    {
        var node = NodeUnderTest.Follower(1, 1);
        node.Disk.HoldFlushes = true;
        var reply = node.Send(Vote(term: 5));
        Assert.False(reply.IsCompleted);
        node.CompleteFlush();
        Assert.Equal(Refused(5), reply.Now());
    }

    [Fact]
    public void An_accepted_entry_is_confirmed_only_when_it_is_on_disk()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Disk.HoldFlushes = true;
        var reply = node.Send(Append(term: 1, entries: [1]));
        Assert.False(reply.IsCompleted);
        node.CompleteFlush();
        Assert.Equal(Accepted(1), reply.Now());
    }

    [Fact]
    public void A_repeated_AppendEntries_waits_too_though_its_entries_are_in_the_log_already()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Disk.HoldFlushes = true;
        node.Send(Append(term: 1, entries: [1]));
        var repeated = node.Send(Append(term: 1, entries: [1]));
        var heartbeat = node.Send(Append(term: 1, prev: (1, 1)));
        Assert.False(repeated.IsCompleted);
        Assert.False(heartbeat.IsCompleted);
        node.CompleteFlush();
        Assert.True(repeated.Now().Success);
        Assert.True(heartbeat.Now().Success);
    }

    [Fact]
    public void A_candidate_asks_for_votes_only_when_its_own_vote_is_on_disk()
    {
        var node = new NodeUnderTest();
        node.Disk.HoldFlushes = true;
        node.AwaitElection();
        Assert.Empty(node.Votes);
        node.CompleteFlush();
        Assert.Equal(2, node.Votes.Count);
    }

    [Fact]
    public void A_candidate_that_has_moved_on_while_its_vote_was_written_asks_for_no_votes_of_the_old_term()
    {
        var node = new NodeUnderTest();
        node.Disk.HoldFlushes = true;
        node.AwaitElection();
        node.Send(Append(term: 2));
        node.CompleteFlush();
        node.CompleteFlush();
        Assert.Empty(node.Votes);
    }

    [Fact]
    public void A_leader_counts_its_own_entry_only_when_it_is_on_its_disk()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Disk.HoldFlushes = true;
        node.Start();
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal(1, node.CommitIndex);
        node.CompleteFlush();
        Assert.Equal(2, node.CommitIndex);
    }

    [Fact]
    public void A_majority_without_the_leader_is_enough_while_the_leaders_disk_is_slow()
    {
        // Dissertation, §10.2.1.
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Disk.HoldFlushes = true;
        node.Start();
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal(1, node.CommitIndex);
        node.LastAppend(to: 2).Reply(Accepted(1));
        Assert.Equal(2, node.CommitIndex);
    }

    [Fact]
    public void A_failed_flush_is_never_taken_as_good_not_even_by_a_later_request()
    {
        var node = new NodeUnderTest();
        node.Disk.HoldFlushes = true;
        var vote = node.Send(Vote(term: 1));
        node.CompleteFlush(new IOException("disk full"));
        Assert.IsType<IOException>(Assert.Throws<StorageException>(() => vote.Now()).InnerException);
        node.Disk.HoldFlushes = false;
        Assert.Equal(["StorageFailed in term 1"], node.ElectionEvents);
        Assert.False(node.Send(Vote(term: 1)).Now().VoteGranted);
        Assert.False(node.Send(Append(term: 1, entries: [1])).Now().Success);
    }

    [Fact]
    public void A_failed_flush_is_told_to_all_who_wait_for_it()
    {
        var node = new NodeUnderTest();
        node.Disk.HoldFlushes = true;
        node.Send(Vote(term: 1));
        var other = node.Send(Vote(term: 1));
        node.CompleteFlush(new IOException("disk full"));
        Assert.False(other.Now().VoteGranted);
    }
}
