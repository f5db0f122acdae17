using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Figure 2, rules for servers, all servers.</summary>
public sealed class Figure2_Rules_AllServers
{
    [Fact]
    public void Bullet_1_what_is_committed_is_applied_in_the_order_of_the_log()
    {
        var node = new NodeUnderTest();
        node.Ask(Append(term: 1, entries: [1, 1, 1], commit: 1));
        Assert.Equal([1], node.Applied);
        node.Ask(Append(term: 1, prev: (3, 1), commit: 3));
        Assert.Equal(Log(1, 1, 1).Select(e => e.Command.ToArray()), node.Machine.Applied.Select(e => e.Command.ToArray()));
        Assert.Equal(3, node.Node.GetStatus().LastApplied.Value);
    }

    [Theory]
    [InlineData(Role.Follower)]
    [InlineData(Role.Candidate)]
    [InlineData(Role.Leader)]
    public void Bullet_2_a_newer_term_in_a_RequestVote_makes_a_follower_even_if_the_vote_is_refused(Role role)
    {
        var node = InRole(role);
        Assert.False(node.Ask(Vote(term: 9)).VoteGranted);
        Assert.Equal((9, Role.Follower), (node.Term, node.Role));
    }

    [Theory]
    [InlineData(Role.Follower)]
    [InlineData(Role.Candidate)]
    [InlineData(Role.Leader)]
    public void Bullet_2_a_newer_term_in_an_AppendEntries_makes_a_follower_even_if_it_is_rejected(Role role)
    {
        var node = InRole(role);
        Assert.False(node.Ask(Append(term: 9, prev: (7, 7))).Success);
        Assert.Equal((9, Role.Follower), (node.Term, node.Role));
    }

    [Fact]
    public void Bullet_2_a_newer_term_in_a_vote_reply_makes_a_follower()
    {
        var node = InRole(Role.Candidate);
        node.Votes[0].Reply(Refused(9));
        Assert.Equal((9, Role.Follower), (node.Term, node.Role));
    }

    [Fact]
    public void Bullet_2_a_newer_term_in_an_append_reply_makes_a_follower()
    {
        var node = InRole(Role.Leader);
        node.Appends[0].Reply(Rejected(9));
        Assert.Equal((9, Role.Follower), (node.Term, node.Role));
        Assert.Equal([1, 2], node.LogTerms);
    }

    private static NodeUnderTest InRole(Role role)
    {
        var node = NodeUnderTest.Follower(1, 1);
        if (role == Role.Candidate)
        {
            node.AwaitElection();
        }
        else if (role == Role.Leader)
        {
            node.BecomeLeader();
        }

        Assert.Equal(role, node.Role);
        return node;
    }
}
