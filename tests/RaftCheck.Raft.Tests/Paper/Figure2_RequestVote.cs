using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Figure 2, RequestVote RPC, receiver implementation.</summary>
public sealed class Figure2_RequestVote
{
    [Fact]
    public void Rule_1_refuses_an_older_term_and_tells_its_own()
    {
        var node = NodeUnderTest.Follower(term: 5);
        Assert.Equal(Refused(5), node.Ask(Vote(term: 4)));
        Assert.Null(node.VotedFor);
    }

    [Fact]
    public void Rule_2_grants_if_votedFor_is_null()
    {
        var node = new NodeUnderTest();
        Assert.Equal(Granted(1), node.Ask(Vote(term: 1, candidate: 2)));
        Assert.Equal(Server(2), node.VotedFor);
    }

    [Fact]
    public void Rule_2_grants_the_same_candidate_again_because_the_first_reply_may_have_been_lost()
    {
        var node = new NodeUnderTest();
        node.Ask(Vote(term: 1, candidate: 2));
        Assert.Equal(Granted(1), node.Ask(Vote(term: 1, candidate: 2)));
    }

    [Fact]
    public void Rule_2_refuses_a_second_candidate_in_the_same_term()
    {
        var node = new NodeUnderTest();
        node.Ask(Vote(term: 1, candidate: 2));
        Assert.Equal(Refused(1), node.Ask(Vote(term: 1, candidate: 1)));
        Assert.Equal(Server(2), node.VotedFor);
    }

    [Fact]
    public void Rule_2_a_new_term_brings_a_new_vote()
    {
        var node = new NodeUnderTest();
        node.Ask(Vote(term: 1, candidate: 2));
        Assert.Equal(Granted(2), node.Ask(Vote(term: 2, candidate: 1)));
    }

    [Fact]
    public void Rule_2_refuses_another_candidate_of_the_term_after_hearing_from_that_terms_leader()
    {
        var node = new NodeUnderTest();
        node.Ask(Vote(term: 1, candidate: 2));
        node.Ask(Append(term: 1, leader: 2));
        Assert.Equal(Refused(1), node.Ask(Vote(term: 1, candidate: 1)));
    }

    [Fact]
    public void Rule_2_refuses_while_the_voter_is_itself_candidate_or_leader_of_the_term()
    {
        var node = new NodeUnderTest();
        node.AwaitElection();
        Assert.Equal(Refused(1), node.Ask(Vote(term: 1)));
        node.BecomeLeader();
        Assert.Equal(Refused(2), node.Ask(Vote(term: 2)));
    }

    [Fact]
    public void Rule_2_refuses_a_log_that_is_not_up_to_date_but_adopts_the_term()
    {
        var node = NodeUnderTest.Follower(2, 1, 2);
        Assert.Equal(Refused(3), node.Ask(Vote(term: 3, last: (1, 1))));
        Assert.Null(node.VotedFor);
    }

    [Fact]
    public void Rule_2_a_refusal_leaves_the_vote_to_a_better_candidate_of_the_term()
    {
        var node = NodeUnderTest.Follower(2, 1, 2);
        node.Ask(Vote(term: 3, candidate: 1, last: (1, 1)));
        Assert.Equal(Granted(3), node.Ask(Vote(term: 3, candidate: 2, last: (2, 2))));
    }
}
