using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>Row 7: a reply is judged against the request that it answers, never against what the state happens to be now.</summary>
public sealed class Row7_StaleReplies
{
    [Fact]
    public void A_vote_of_an_old_election_is_not_counted()
    {
        var node = new NodeUnderTest();
        node.AwaitElection();
        var old = node.Votes[0];
        node.AwaitElection();
        old.Reply(Granted(1));
        Assert.Equal((Role.Candidate, 2), (node.Role, node.Term));
    }

    [Fact]
    public void A_server_counts_once_though_it_voted_in_two_elections()
    {
        var node = new NodeUnderTest(servers: 5);
        node.AwaitElection();
        var old = node.Votes.Single(call => call.To == Server(1));
        old.Reply(Granted(1));
        node.AwaitElection();
        node.Votes.Single(call => call.To == Server(1)).Reply(Granted(2));
        Assert.Equal(Role.Candidate, node.Role);
        node.Votes.Single(call => call.To == Server(2)).Reply(Granted(2));
        Assert.Equal(Role.Leader, node.Role);
    }

    [Fact]
    public void The_votes_of_an_earlier_election_do_not_count_in_the_next()
    {
        var node = new NodeUnderTest(servers: 5);
        node.AwaitElection();
        node.Votes.Single(call => call.To == Server(1)).Reply(Granted(1));
        node.AwaitElection();
        node.Votes.Single(call => call.To == Server(2)).Reply(Granted(2));
        Assert.Equal(Role.Candidate, node.Role);
    }

    [Fact]
    public void A_vote_that_comes_after_the_election_was_won_changes_nothing()
    {
        var node = new NodeUnderTest();
        node.AwaitElection();
        node.Votes[0].Reply(Granted(1));
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Appends.Clear();
        node.Votes[1].Reply(Granted(1));
        Assert.Empty(node.Appends);
        Assert.Equal([1], node.LogTerms);
        node.Elapse(50);
        Assert.Equal(1, node.LastAppend(to: 1).Request.PrevLogIndex.Value);
    }

    [Fact]
    public void A_success_counts_for_what_its_request_carried_and_not_for_what_the_log_holds_now()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Elapse(50);
        var heartbeat = node.LastAppend(to: 1);
        node.Start();
        heartbeat.Reply(Accepted(1));
        Assert.Equal(1, node.CommitIndex);
    }

    [Fact]
    public void A_stale_success_does_not_lower_matchIndex()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], servers: 5);
        node.Start();
        var first = node.LastAppend(to: 1);
        node.Start();
        node.LastAppend(to: 1).Reply(Accepted(1));
        first.Reply(Accepted(1));
        node.LastAppend(to: 2).Reply(Accepted(1));
        Assert.Equal(3, node.CommitIndex);
    }

    [Fact]
    public void A_stale_success_does_not_lower_nextIndex()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Elapse(50);
        var heartbeat = node.LastAppend(to: 1);
        node.Start();
        node.LastAppend(to: 1).Reply(Accepted(1));
        heartbeat.Reply(Accepted(1));
        node.Elapse(50);
        Assert.Equal(2, node.LastAppend(to: 1).Request.PrevLogIndex.Value);
    }

    [Fact]
    public void A_stale_rejection_does_not_move_nextIndex_back_past_what_the_follower_has_confirmed()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1, 1, 1]);
        var first = node.LastAppend(to: 1);
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(Accepted(2));
        first.Reply(Rejected(2, TooShort(nextIndex: 1)));
        node.Elapse(50);
        Assert.Equal(4, node.LastAppend(to: 1).Request.PrevLogIndex.Value);
    }

    [Fact]
    public void A_rejection_of_an_earlier_attempt_does_not_move_nextIndex_forward_again()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1, 1, 1]);
        var first = node.LastAppend(to: 1);
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(Rejected(2, TooShort(nextIndex: 1)));
        var sent = node.Appends.Count;
        first.Reply(Rejected(2, TooShort(nextIndex: 3)));
        Assert.Equal(sent, node.Appends.Count);
        node.Elapse(50);
        Assert.Equal(0, node.LastAppend(to: 1).Request.PrevLogIndex.Value);
    }

    [Fact]
    public void A_success_of_an_earlier_leadership_of_the_same_node_is_not_counted()
    {
        // Server 1 stored index 2 of term 1; the entry that stands there now is another one, of term 3.
        var node = NodeUnderTest.Leader(term: 1, log: []);
        node.Start();
        node.Elapse(50);
        var old = node.LastAppend(to: 1);
        Assert.Equal(2, old.Request.LastVerifiedIndex.Value);
        node.Ask(Append(term: 2, entries: [2], leader: 2));
        node.BecomeLeader();
        Assert.Equal([2, 3], node.LogTerms);
        old.Reply(Accepted(1));
        Assert.Equal(0, node.CommitIndex);
    }

    [Fact]
    public void A_rejection_of_an_earlier_leadership_does_not_move_nextIndex()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1, 1]);
        var old = node.LastAppend(to: 1);
        node.Ask(Append(term: 3, prev: (2, 1), leader: 2));
        node.BecomeLeader();
        old.Reply(Rejected(2, TooShort(nextIndex: 1)));
        node.Elapse(50);
        Assert.Equal(3, node.LastAppend(to: 1).Request.PrevLogIndex.Value);
    }

    [Fact]
    public void A_success_of_an_old_term_that_arrives_at_a_follower_commits_nothing()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        var old = node.LastAppend(to: 1);
        node.Ask(Vote(term: 2, candidate: 2, last: (1, 1)));
        old.Reply(Accepted(1));
        Assert.Equal((Role.Follower, 0), (node.Role, node.CommitIndex));
    }

    [Fact]
    public void A_newer_term_is_believed_even_in_a_stale_reply()
    {
        var node = new NodeUnderTest();
        node.AwaitElection();
        var old = node.Votes[0];
        node.AwaitElection();
        old.Reply(Refused(7));
        Assert.Equal((Role.Follower, 7), (node.Role, node.Term));
    }
}
