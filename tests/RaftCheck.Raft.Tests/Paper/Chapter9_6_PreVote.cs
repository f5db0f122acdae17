using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Dissertation, §9.6: preventing disruptions when a server rejoins the cluster. A server asks if it would win before it
/// begins a new term.
/// </summary>
public sealed class Chapter9_6_PreVote
{
    private static readonly RaftOptions AsksFirst = NodeUnderTest.Plain with { PreVote = true };

    [Fact]
    public void A_server_whose_timeout_elapses_asks_and_changes_neither_its_term_nor_its_vote()
    {
        var node = FollowerOf1();
        var length = node.Disk.Length;
        node.Elapse(150);
        Assert.Equal((Role.PreCandidate, 1, null), (node.Role, node.Term, node.VotedFor));
        Assert.Equal(length, node.Disk.Length);
        Assert.Equal([PreVote(term: 2, candidate: 0, last: (1, 1)), PreVote(term: 2, candidate: 0, last: (1, 1))], node.Votes.Select(call => call.Request));
    }

    [Fact]
    public void With_a_majority_it_begins_the_election_in_earnest_and_not_before()
    {
        var node = FollowerOf1(servers: 5);
        node.Elapse(150);
        var asked = node.Votes.ToList();
        node.Votes.Clear();
        asked[0].Reply(Granted(1));
        asked[1].Reply(Refused(1));
        asked[2].Reply(null);
        Assert.Equal((Role.PreCandidate, 1), (node.Role, node.Term));
        asked[3].Reply(Granted(1));
        Assert.Equal((Role.Candidate, 2, Server(0)), (node.Role, node.Term, node.VotedFor));
        Assert.All(node.Votes, call => Assert.Equal(Vote(term: 2, candidate: 0, last: (1, 1)), call.Request));
    }

    [Fact]
    public void Pre_votes_are_no_votes()
    {
        var node = FollowerOf1();
        node.Elapse(150);
        var asked = node.Votes.ToList();
        asked[0].Reply(Granted(1));
        asked[1].Reply(Granted(1));
        Assert.Equal((Role.Candidate, 2), (node.Role, node.Term));
    }

    [Fact]
    public void A_server_that_asks_for_ever_never_raises_its_term()
    {
        var node = FollowerOf1();
        node.Elapse(10_000);
        Assert.Equal((Role.PreCandidate, 1), (node.Role, node.Term));
        Assert.True(node.Votes.Count > 100, "It was to ask again and again.");
    }

    [Fact]
    public void An_answer_to_an_earlier_time_of_asking_does_not_count()
    {
        var node = FollowerOf1();
        node.Elapse(150);
        var earlier = node.Votes.ToList();
        node.Elapse(150);
        Assert.Equal(4, node.Votes.Count);
        earlier[0].Reply(Granted(1));
        Assert.Equal((Role.PreCandidate, 1), (node.Role, node.Term));
        node.Votes[2].Reply(Granted(1));
        Assert.Equal(Role.Candidate, node.Role);
    }

    [Fact]
    public void An_answer_that_comes_after_it_heard_from_a_leader_does_not_count()
    {
        var node = FollowerOf1();
        node.Elapse(150);
        node.Ask(Append(term: 1, prev: (1, 1)));
        Assert.Equal(Role.Follower, node.Role);
        node.Votes[0].Reply(Granted(1));
        Assert.Equal((Role.Follower, 1), (node.Role, node.Term));
    }

    [Fact]
    public void A_newer_term_ends_the_asking()
    {
        var node = FollowerOf1();
        node.Elapse(150);
        node.Votes[0].Reply(Refused(7));
        Assert.Equal((Role.Follower, 7), (node.Role, node.Term));
        node.Votes[1].Reply(Granted(1));
        Assert.Equal((Role.Follower, 7), (node.Role, node.Term));
    }

    [Fact]
    public void Who_has_given_its_vote_to_another_does_not_go_on_asking()
    {
        var node = FollowerOf1();
        node.Ask(Vote(term: 2, candidate: 2));
        node.Elapse(150);
        Assert.Equal((Role.PreCandidate, 2), (node.Role, node.Term));
        Assert.True(node.Ask(Vote(term: 2, candidate: 2, last: (1, 1))).VoteGranted);
        node.Votes.ForEach(call => call.Reply(Granted(2)));
        Assert.Equal((Role.Follower, 2, Server(2)), (node.Role, node.Term, node.VotedFor));
    }

    [Fact]
    public void A_voter_that_has_just_heard_from_a_leader_refuses()
    {
        var node = Voter();
        node.Elapse(149);
        Assert.Equal(Refused(1), node.Ask(PreVote(term: 2, candidate: 2, last: (1, 1))));
        node.Elapse(1);
        Assert.Equal(Granted(1), node.Ask(PreVote(term: 2, candidate: 2, last: (1, 1))));
        Assert.Equal(["PreVoteRefused in term 1", "PreVoteGranted in term 1"], node.ElectionEvents);
    }

    [Fact]
    public void A_voter_says_what_it_would_do_and_does_nothing()
    {
        var node = Voter();
        var before = (node.Node.GetStatus(), node.Disk.Length, node.Randomness.Draws.Count);
        Assert.False(node.Ask(PreVote(term: 9, candidate: 2, last: (9, 9))).VoteGranted);
        node.Elapse(150);
        Assert.True(node.Ask(PreVote(term: 9, candidate: 2, last: (9, 9))).VoteGranted);
        Assert.Equal(before, (node.Node.GetStatus(), node.Disk.Length, node.Randomness.Draws.Count));
    }

    [Fact]
    public void A_voter_may_tell_several_that_it_would_vote_for_them_and_votes_for_one()
    {
        var node = Voter();
        node.Elapse(150);
        Assert.Equal(Granted(1), node.Ask(PreVote(term: 2, candidate: 1, last: (1, 1))));
        Assert.Equal(Granted(1), node.Ask(PreVote(term: 2, candidate: 2, last: (1, 1))));
        Assert.Equal(Granted(2), node.Ask(Vote(term: 2, candidate: 2, last: (1, 1))));
        Assert.Equal(Refused(2), node.Ask(Vote(term: 2, candidate: 1, last: (1, 1))));
    }

    [Fact]
    public void To_grant_a_pre_vote_restarts_no_timeout()
    {
        var node = new NodeUnderTest(options: AsksFirst);
        node.Elapse(149);
        Assert.True(node.Ask(PreVote(term: 1)).VoteGranted);
        node.Elapse(1);
        Assert.Equal(Role.PreCandidate, node.Role);
    }

    [Fact]
    public void A_voter_refuses_who_lacks_what_it_has()
    {
        var node = Voter(1, 2);
        node.Elapse(150);
        Assert.False(node.Ask(PreVote(term: 9, last: (5, 1))).VoteGranted);
        Assert.False(node.Ask(PreVote(term: 9, last: (1, 2))).VoteGranted);
        Assert.True(node.Ask(PreVote(term: 9, last: (2, 2))).VoteGranted);
    }

    [Fact]
    public void A_leader_that_a_quorum_answers_refuses_and_goes_on()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: NodeUnderTest.Plain with { CheckQuorum = true });
        Assert.Equal(Refused(1), node.Ask(PreVote(term: 9, candidate: 2, last: (9, 9))));
        Assert.Equal((Role.Leader, 1), (node.Role, node.Term));
    }

    [Fact]
    public void A_voter_of_a_newer_term_tells_it_so_that_who_asks_does_not_wait_for_ever()
    {
        var node = new NodeUnderTest(options: AsksFirst);
        node.Ask(Vote(term: 5, candidate: 2));
        Assert.Equal(Refused(5), node.Ask(PreVote(term: 2, last: (9, 9))));
        Assert.Equal(Refused(5), node.Ask(PreVote(term: 5, last: (9, 9))));
        Assert.Equal(Granted(5), node.Ask(PreVote(term: 6, last: (9, 9))));
    }

    [Fact]
    public void A_server_that_is_alone_needs_to_ask_nobody()
    {
        var node = new NodeUnderTest(servers: 1, options: AsksFirst);
        node.Elapse(150);
        Assert.Equal((Role.Leader, 1), (node.Role, node.Term));
    }

    /// <summary>A server that has just heard from the leader of the latest of these terms, and is in no hurry itself.</summary>
    private static NodeUnderTest Voter(params long[] log)
    {
        log = log.Length == 0 ? [1] : log;
        var node = new NodeUnderTest(options: AsksFirst);
        node.Randomness.Drawn = TimeSpan.FromSeconds(10);
        Assert.True(node.Ask(Append(log[^1], entries: log)).Success);
        return node;
    }

    private static NodeUnderTest FollowerOf1(int servers = 3)
    {
        var node = new NodeUnderTest(servers, options: AsksFirst);
        Assert.True(node.Ask(Append(term: 1, entries: [1])).Success);
        return node;
    }
}
