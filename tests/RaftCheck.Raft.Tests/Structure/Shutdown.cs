using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>What is left of a node once it was stopped: nothing that could vote, confirm, lead or write.</summary>
public sealed class Shutdown
{
    [Fact]
    public void Proposals_under_way_end_as_unknown_and_new_ones_are_refused()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        var answer = node.Propose(new byte[] { 1 });
        node.Do(node.Node.Stop);
        node.Do(node.Node.Stop);
        Assert.Equal(ProposeOutcome.Unknown, answer.Now().Outcome);
        Assert.Equal(ProposeOutcome.NotLeader, node.Propose(new byte[] { 2 }).Now().Outcome);
    }

    [Fact]
    public void A_stopped_node_grants_nothing_confirms_nothing_and_sends_nothing()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        node.Do(node.Node.Stop);
        node.Appends.Clear();
        node.Votes.Clear();
        node.Elapse(1000);
        Assert.False(node.Ask(Vote(term: 2)).VoteGranted);
        Assert.False(node.Ask(Append(term: 2, entries: [2])).Success);
        Assert.Equal((0, 0), (node.Votes.Count, node.Appends.Count));
    }

    [Fact]
    public void A_stopped_node_writes_nothing_more_because_its_file_may_belong_to_its_successor()
    {
        var node = NodeUnderTest.Follower(term: 1);
        var length = node.Disk.Length;
        node.Do(node.Node.Stop);
        node.Send(Append(term: 2, entries: [2]));
        node.Send(Vote(term: 3));
        Assert.Equal(length, node.Disk.Length);
    }

    [Fact]
    public void The_answer_of_a_stopped_node_is_no_sign_that_it_follows_because_its_successor_may_follow_another()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Disk.HoldFlushes = true;
        _ = node.Send(Append(term: 2, entries: [2]));
        var underWay = node.Send(Append(term: 2, prev: (1, 2), entries: [2]));
        node.Do(node.Node.Stop);
        Assert.Equal([Rejected(0), Rejected(0)], [underWay.Now(), node.Ask(Append(term: 2))]);
        var snapshot = new SnapshotMetadata(new LogIndex(5), new Term(2), ClusterConfiguration.Empty, LogIndex.Zero, TimeSpan.Zero);
        Assert.Equal(new InstallSnapshotReply(Term.Zero, 0, false), node.Ask(new InstallSnapshotRequest(new Term(2), Server(1), snapshot, 0, new byte[] { 1 }, 1)));
    }

    [Fact]
    public void A_stopped_node_delivers_no_further_entry()
    {
        var slow = new TaskCompletionSource();
        var node = new NodeUnderTest();
        node.Machine.Apply = _ => slow.Task;
        node.Ask(Append(term: 1, entries: [1, 1, 1], commit: 3));
        node.Do(node.Node.Stop);
        node.Do(slow.SetResult);
        Assert.Equal([1], node.Applied);
    }
}
