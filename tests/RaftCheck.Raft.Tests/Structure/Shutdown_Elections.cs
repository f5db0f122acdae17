using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>A node that is stopped leaves nobody waiting for a read or a transfer, and helps nobody to lead.</summary>
public sealed class Shutdown_Elections
{
    [Fact]
    public void A_read_that_waits_for_a_quorum_ends_as_unknown()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var (read, asked) = (node.Read(), node.Send(new ReadIndexRequest(new Term(1), Server(2))));
        Stop(node);
        Assert.Equal((ReadOutcome.Unknown, LogIndex.Zero), (read.Now().Outcome, read.Now().ReadIndex));
        Assert.Null(asked.Now().ReadIndex);
        node.AcceptFrom(1, 2);
        Assert.DoesNotContain(node.ElectionEvents, e => e.StartsWith("read", StringComparison.Ordinal));
    }

    [Fact]
    public void A_read_that_waits_for_the_state_machine_ends_as_unknown()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Machine.Apply = _ => new TaskCompletionSource().Task;
        node.Start();
        node.AcceptFrom(1);
        var read = node.Read();
        node.AcceptFrom(2);
        Assert.Equal("read by ReadIndex at 2", Assert.Single(node.ElectionEvents));
        Stop(node);
        Assert.Equal(ReadOutcome.Unknown, read.Now().Outcome);
    }

    [Fact]
    public void A_read_for_which_the_leader_was_asked_ends_as_unknown_at_once_whenever_the_answer_comes()
    {
        var node = NodeUnderTest.Follower(1, 1);
        var read = node.Read();
        Stop(node);
        Assert.Equal(ReadOutcome.Unknown, read.Now().Outcome);
        node.ReadIndexes[0].Reply(new ReadIndexReply(new Term(1), new LogIndex(1), Server(1)));
        Assert.Empty(node.ElectionEvents);
    }

    [Fact]
    public void A_transfer_under_way_ends_as_stopped_and_its_time_limit_finds_nothing_to_end()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var transfer = node.Transfer(1);
        Stop(node);
        Assert.Equal(TransferResult.Stopped, transfer.Now());
        node.Elapse(1000);
        Assert.Single(node.TimeoutNows);
        Assert.Equal("transfer to n1 Failed", node.ElectionEvents[^1]);
    }

    [Fact]
    public void A_stopped_leader_begins_no_read_and_no_transfer()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: NodeUnderTest.Plain with { CheckQuorum = true });
        Stop(node);
        Assert.Equal(ReadOutcome.Unknown, node.Read().Now().Outcome);
        Assert.Equal(ReadOutcome.Unknown, node.Read(ReadConsistency.Lease).Now().Outcome);
        Assert.Null(node.Send(new ReadIndexRequest(new Term(1), Server(2))).Now().ReadIndex);
        Assert.Equal(TransferResult.Refused, node.Transfer(1).Now());
        Assert.Empty(node.Appends);
    }

    [Fact]
    public void A_stopped_node_encourages_nobody_and_does_not_stand()
    {
        var node = NodeUnderTest.Follower(1, 1);
        Stop(node);
        Assert.False(node.Ask(PreVote(term: 2, last: (9, 9))).VoteGranted);
        Assert.False(node.Ask(TimeoutNow(term: 1)).Accepted);
        node.Elapse(1000);
        Assert.Equal((Role.Follower, 1, 0), (node.Role, node.Term, node.Votes.Count));
    }

    [Fact]
    public void A_pre_vote_that_comes_after_the_stop_begins_no_election()
    {
        var node = new NodeUnderTest(options: NodeUnderTest.Plain with { PreVote = true });
        node.Elapse(150);
        Stop(node);
        node.Votes[0].Reply(Granted(0));
        Assert.Equal(0, node.Term);
    }

    private static void Stop(NodeUnderTest node) => node.Do(node.Node.Stop);
}
