using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Storage;

public sealed class GroupCommitTests
{
    [Fact]
    public void All_who_wait_share_one_flush()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Disk.HoldFlushes = true;
        var first = node.Send(Append(term: 1, entries: [1]));
        var second = node.Send(Append(term: 1, prev: (1, 1), entries: [1]));
        var third = node.Send(Append(term: 1, prev: (2, 1), entries: [1]));
        var flushes = node.Disk.FlushCount;
        node.CompleteFlush();
        Assert.Equal(flushes + 1, node.Disk.FlushCount);
        node.CompleteFlush();
        Assert.True(first.Now().Success && second.Now().Success && third.Now().Success);
        Assert.Equal(0, node.Disk.HeldFlushes);
    }

    [Fact]
    public void A_flush_does_not_answer_for_what_came_after_its_write()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Disk.HoldFlushes = true;
        var first = node.Send(Append(term: 1, entries: [1]));
        var second = node.Send(Append(term: 1, prev: (1, 1), entries: [1]));
        node.CompleteFlush();
        Assert.True(first.Now().Success);
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public void One_flush_is_under_way_at_a_time()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        node.Disk.HoldFlushes = true;
        for (var commands = 0; commands < 5; commands++)
        {
            node.Start();
            Assert.Equal(1, node.Disk.HeldFlushes);
        }
    }

    [Fact]
    public void A_request_that_changes_nothing_needs_no_flush()
    {
        var node = NodeUnderTest.Follower(1, 1);
        var flushes = node.Disk.FlushCount;
        node.Disk.HoldFlushes = true;
        Assert.True(node.Ask(Append(term: 1, prev: (1, 1))).Success);
        Assert.False(node.Ask(Vote(term: 1, last: (0, 0))).VoteGranted);
        Assert.Equal(flushes, node.Disk.FlushCount);
    }

    [Fact]
    public void An_entry_that_took_the_place_of_a_flushed_one_does_not_count_for_the_leader()
    {
        // As in etcd's asynchronous storage (ABA): three entries are being flushed while two of them are replaced by one.
        var node = NodeUnderTest.Follower(term: 1);
        node.Disk.HoldFlushes = true;
        node.Send(Append(term: 1, entries: [1, 1, 1]));
        node.Send(Append(term: 2, prev: (1, 1), entries: [2]));
        node.CompleteFlush();
        node.CompleteFlush();
        node.Disk.HoldFlushes = false;
        node.AwaitElection();

        node.Disk.HoldFlushes = true;
        node.WinElection();
        Assert.Equal([1, 2, 3], node.LogTerms);
        Assert.Equal(4, node.Start().Index.Value);
        node.LastAppend(to: 1).Reply(Accepted(3));
        node.LastAppend(to: 1).Reply(Accepted(3));
        Assert.Equal(0, node.CommitIndex);
        node.CompleteFlush();
        Assert.Equal(3, node.CommitIndex);
        node.CompleteFlush();
        Assert.Equal(4, node.CommitIndex);
    }

    [Fact]
    public void An_entry_that_takes_the_place_of_a_durable_one_does_not_count_for_the_leader()
    {
        var node = NodeUnderTest.Follower(1, 1, 1, 1);
        node.Ask(Append(term: 2, prev: (1, 1), entries: [2]));
        node.AwaitElection();
        node.Disk.HoldFlushes = true;
        node.WinElection();
        Assert.Equal([1, 2, 3], node.LogTerms);
        node.LastAppend(to: 1).Reply(Accepted(3));
        Assert.Equal(0, node.CommitIndex);
        node.CompleteFlush();
        Assert.Equal(3, node.CommitIndex);
    }
}
