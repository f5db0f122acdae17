using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Figure 2, rules for servers, candidates.</summary>
public sealed class Figure2_Rules_Candidates
{
    [Fact]
    public void Bullet_1_increments_its_term_and_votes_for_itself()
    {
        var node = NodeUnderTest.Follower(term: 4);
        node.AwaitElection();
        Assert.Equal((5, Server(0)), (node.Term, node.VotedFor));
    }

    [Fact]
    public void Bullet_1_resets_its_timer_to_a_newly_drawn_timeout()
    {
        var node = new NodeUnderTest();
        node.Randomness.Draws.Clear();
        node.AwaitElection();
        Assert.Equal([(TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(300))], node.Randomness.Draws);
        node.Elapse(149);
        Assert.Equal(1, node.Term);
    }

    [Fact]
    public void Bullet_1_sends_RequestVote_with_its_last_entry_to_all_other_servers_once()
    {
        var node = NodeUnderTest.Follower(2, 1, 2, 2);
        node.AwaitElection();
        Assert.Equal([Server(1), Server(2)], node.Votes.Select(call => call.To));
        Assert.All(node.Votes, call => Assert.Equal(Vote(term: 3, candidate: 0, last: (3, 2)), call.Request));
    }

    [Fact]
    public void Bullet_2_becomes_leader_with_the_votes_of_a_majority_and_not_before()
    {
        var node = new NodeUnderTest(servers: 5);
        node.AwaitElection();
        node.Votes[0].Reply(Granted(1));
        node.Votes[1].Reply(Refused(1));
        node.Votes[2].Reply(null);
        Assert.Equal(Role.Candidate, node.Role);
        node.Votes[3].Reply(Granted(1));
        Assert.Equal(Role.Leader, node.Role);
    }

    [Fact]
    public void Bullet_2_a_server_that_is_alone_is_a_majority()
    {
        var node = new NodeUnderTest(servers: 1);
        node.AwaitElection();
        Assert.Equal(Role.Leader, node.Role);
        node.Start();
        Assert.Equal((2, 2), (node.CommitIndex, Assert.Single(node.Applied)));
    }

    [Fact]
    public void Bullet_3_becomes_a_follower_of_the_leader_that_won_its_term_and_keeps_its_vote()
    {
        var node = new NodeUnderTest();
        node.AwaitElection();
        Assert.True(node.Ask(Append(term: 1, entries: [1])).Success);
        Assert.Equal((Role.Follower, 1, Server(0)), (node.Role, node.Term, node.VotedFor));
        node.Votes[0].Reply(Granted(1));
        node.Votes[1].Reply(Granted(1));
        Assert.Equal(Role.Follower, node.Role);
    }

    [Fact]
    public void Bullet_4_starts_a_new_election_when_the_timeout_elapses()
    {
        var node = new NodeUnderTest();
        node.AwaitElection();
        node.Votes.Clear();
        node.Elapse(150);
        Assert.Equal((Role.Candidate, 2), (node.Role, node.Term));
        Assert.All(node.Votes, call => Assert.Equal(2, call.Request.Term.Value));
    }
}
