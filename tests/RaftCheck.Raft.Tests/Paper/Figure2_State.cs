using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

public sealed class Figure2_State
{
    [Fact]
    public void CurrentTerm_votedFor_log_commitIndex_and_lastApplied_begin_empty()
    {
        var expected = new NodeStatus(Server(0), Role.Follower, Term.Zero, null, LogIndex.Zero, Term.Zero, LogIndex.Zero, LogIndex.Zero)
        {
            Configuration = ClusterConfiguration.Of([Server(0), Server(1), Server(2)]),
            FirstLogIndex = new(1),
        };
        Assert.Equal(expected, new NodeUnderTest().Node.GetStatus());
    }

    [Fact]
    public void CurrentTerm_increases_monotonically()
    {
        var node = NodeUnderTest.Follower(term: 5);
        node.Ask(Vote(term: 3));
        node.Ask(Append(term: 4));
        Assert.Equal(5, node.Term);
    }

    [Fact]
    public void VotedFor_is_of_the_current_term_and_null_in_a_new_one()
    {
        var node = new NodeUnderTest();
        node.Ask(Vote(term: 1, candidate: 1));
        node.Ask(Append(term: 1));
        Assert.Equal(Server(1), node.VotedFor);
        node.Ask(Append(term: 2));
        Assert.Null(node.VotedFor);
    }

    [Fact]
    public void The_first_index_of_the_log_is_1()
    {
        var node = NodeUnderTest.Leader(term: 2, log: []);
        Assert.Equal((1, 1), (node.Node.GetStatus().FirstLogIndex.Value, node.Node.GetStatus().LastLogIndex.Value));
        Assert.Equal(2, node.Start().Index.Value);
    }

    [Fact]
    public void Term_vote_and_log_survive_a_crash()
    {
        var node = NodeUnderTest.Follower(2, 1, 2, 2);
        node.Ask(Vote(term: 4, candidate: 2, last: (3, 2)));
        var restarted = new NodeUnderTest(disk: node.Disk.AfterPowerFailure());
        Assert.Equal((4, Server(2)), (restarted.Term, restarted.VotedFor));
        Assert.Equal([1, 2, 2], restarted.LogTerms);
    }

    [Fact]
    public void A_crash_forgets_commitIndex_and_lastApplied_and_the_entries_are_applied_again()
    {
        var node = new NodeUnderTest();
        node.Ask(Append(term: 1, entries: [1, 1], commit: 2));
        Assert.Equal([1, 2], node.Applied);
        var restarted = new NodeUnderTest(disk: node.Disk.AfterPowerFailure());
        Assert.Equal((0, 0), (restarted.CommitIndex, restarted.Applied.Length));
        restarted.Ask(Append(term: 1, prev: (2, 1), commit: 2));
        Assert.Equal([1, 2], restarted.Applied);
    }

    [Fact]
    public void NextIndex_begins_after_the_leaders_last_entry()
    {
        var node = NodeUnderTest.Leader(term: 3, log: [1, 2]);
        Assert.All(node.Appends, call => Assert.Equal(Append(term: 3, prev: (2, 2), leader: 0) with { Entries = call.Request.Entries }, call.Request));
        Assert.All(node.Appends, call => Assert.Equal([(3, 3)], call.Request.Entries.Select(e => (e.Index.Value, e.Term.Value))));
    }

    [Fact]
    public void MatchIndex_begins_at_0_in_each_leadership()
    {
        // Server 1 confirms index 2 in term 1. Then everything is replaced, and what it confirmed says nothing any more.
        var node = NodeUnderTest.Leader(term: 1, log: [], servers: 5);
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Start();
        Assert.Equal(2, node.LastAppend(to: 1).Request.LastVerifiedIndex.Value);
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Ask(Append(term: 2, entries: [2], leader: 4));
        node.BecomeLeader();
        node.LastAppend(to: 2).Reply(Accepted(3));
        Assert.Equal([2, 3], node.LogTerms);
        Assert.Equal(0, node.CommitIndex);
    }
}
