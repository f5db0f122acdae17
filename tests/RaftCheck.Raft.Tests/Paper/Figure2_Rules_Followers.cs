using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Figure 2, rules for servers, followers. The election timeout is 150 ms here.</summary>
public sealed class Figure2_Rules_Followers
{
    [Fact]
    public void Bullet_1_responds_to_candidates_and_leaders_and_sends_nothing_itself()
    {
        var node = new NodeUnderTest();
        Assert.True(node.Ask(Vote(term: 1)).VoteGranted);
        Assert.True(node.Ask(Append(term: 1)).Success);
        Assert.Equal((0, 0), (node.Votes.Count, node.Appends.Count));
        Assert.False(node.Start().IsLeader);
    }

    [Fact]
    public void Bullet_2_becomes_a_candidate_when_the_election_timeout_elapses()
    {
        var node = new NodeUnderTest();
        node.Elapse(149);
        Assert.Equal(Role.Follower, node.Role);
        node.Elapse(1);
        Assert.Equal(Role.Candidate, node.Role);
    }

    [Fact]
    public void Bullet_2_an_AppendEntries_of_the_current_leader_restarts_the_timeout_even_if_it_is_rejected()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Elapse(140);
        Assert.False(node.Ask(Append(term: 1, prev: (5, 1))).Success);
        node.Elapse(140);
        Assert.Equal(Role.Follower, node.Role);
    }

    [Fact]
    public void Bullet_2_granting_a_vote_restarts_the_timeout()
    {
        var node = new NodeUnderTest();
        node.Elapse(140);
        node.Ask(Vote(term: 1));
        node.Elapse(140);
        Assert.Equal(Role.Follower, node.Role);
    }

    [Fact]
    public void Bullet_2_refusing_a_vote_does_not_restart_the_timeout()
    {
        var node = NodeUnderTest.Follower(1, 1);
        node.Elapse(140);
        Assert.False(node.Ask(Vote(term: 2)).VoteGranted);
        node.Elapse(10);
        Assert.Equal((Role.Candidate, 3), (node.Role, node.Term));
    }

    [Fact]
    public void Bullet_2_an_AppendEntries_of_an_old_leader_does_not_restart_the_timeout()
    {
        var node = NodeUnderTest.Follower(term: 2);
        node.Elapse(140);
        node.Ask(Append(term: 1));
        node.Elapse(10);
        Assert.Equal(Role.Candidate, node.Role);
    }
}
