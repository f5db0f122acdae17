using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.ClusterMembership;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §3.10: the leader hands over. Its side; the time limit is 300 ms.</summary>
public sealed class Chapter3_10_LeadershipTransfer
{
    [Fact]
    public void Step_1_the_prior_leader_takes_no_more_requests_of_clients_and_says_why()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        _ = node.Transfer(1);
        Assert.Equal(ProposeOutcome.TransferInProgress, node.Propose(new byte[] { 1 }).Now().Outcome);
        Assert.Equal(ProposeOutcome.TransferInProgress, node.Do(node.Node.RegisterClientAsync).Now().Outcome);
        Assert.Equal((LogIndex.Zero, true), (node.Start().Index, node.Start().IsLeader));
        Assert.Equal([1], node.LogTerms);
    }

    [Fact]
    public void Step_2_the_target_gets_what_it_lacks_before_it_is_told_to_stand()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Start();
        node.AcceptFrom(1);
        _ = node.Transfer(2);
        Assert.Empty(node.TimeoutNows);
        node.AcceptFrom(2);
        Assert.Equal(Server(2), Assert.Single(node.TimeoutNows).To);
    }

    [Fact]
    public void Step_2_a_target_whose_log_diverges_is_brought_up_to_date_first()
    {
        var node = NodeUnderTest.Leader(term: 3, log: [1, 2]);
        node.AcceptFrom(1);
        _ = node.Transfer(2);
        node.LastAppend(to: 2).Reply(Rejected(3, ConflictingTerm(1, firstIndex: 1)));
        Assert.Empty(node.TimeoutNows);
        node.AcceptFrom(2);
        Assert.Single(node.TimeoutNows);
    }

    [Fact]
    public void Step_3_a_target_that_has_the_whole_log_is_told_at_once_and_nobody_else_is()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var transfer = node.Transfer(2);
        var call = Assert.Single(node.TimeoutNows);
        Assert.Equal((Server(2), TimeoutNow(term: 1, leader: 0)), (call.To, call.Request));
        Assert.False(transfer.IsCompleted);
    }

    [Fact]
    public void Step_3_is_repeated_with_each_heartbeat_because_a_message_may_be_lost()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        _ = node.Transfer(2);
        node.TimeoutNows[0].Reply(null);
        node.Elapse(100);
        Assert.Equal(3, node.TimeoutNows.Count);
    }

    [Fact]
    public void The_transfer_has_succeeded_when_the_target_asks_for_the_vote_and_it_is_granted()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var transfer = node.Transfer(2);
        Assert.True(node.Ask(TransferVote(term: 2, candidate: 2, last: (1, 1))).VoteGranted);
        Assert.Equal(TransferResult.Succeeded, transfer.Now());
        Assert.Equal((Role.Follower, 2), (node.Role, node.Term));
        Assert.Equal(["transfer to n2 Begun", "transfer to n2 TimeoutNowSent", "transfer to n2 Succeeded"], node.ElectionEvents);
    }

    [Fact]
    public void A_transfer_that_takes_too_long_is_given_up_and_requests_are_taken_again()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var transfer = node.Transfer(2);
        node.Elapse(299);
        Assert.False(transfer.IsCompleted);
        node.Elapse(1);
        Assert.Equal(TransferResult.TimedOut, transfer.Now());
        var sent = node.TimeoutNows.Count;
        node.Elapse(100);
        Assert.Equal(sent, node.TimeoutNows.Count);
        Assert.Equal((2, Role.Leader), (node.Start().Index.Value, node.Role));
    }

    [Fact]
    public void A_transfer_to_a_target_that_never_catches_up_is_given_up_and_nobody_was_told_to_stand()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Start();
        var transfer = node.Transfer(2);
        node.Elapse(300);
        Assert.Equal(TransferResult.TimedOut, transfer.Now());
        node.AppendsTo(2).First().Reply(Accepted(1));
        Assert.Empty(node.TimeoutNows);
    }

    [Fact]
    public void The_time_limit_of_an_earlier_transfer_does_not_end_a_later_one()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var first = node.Transfer(2);
        node.Ask(TransferVote(term: 2, candidate: 2, last: (1, 1)));
        Assert.Equal(TransferResult.Succeeded, first.Now());
        node.BecomeLeader();
        node.AcceptFrom(1, 2);
        var second = node.Transfer(2);
        node.Elapse(299);
        Assert.False(second.IsCompleted);
        node.Elapse(1);
        Assert.Equal(TransferResult.TimedOut, second.Now());
    }

    [Fact]
    public void A_leader_refuses_itself_and_strangers_and_learners_as_targets()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        _ = node.Change(ConfigurationChange.AddLearner(Server(3)));
        node.AcceptFrom(1, 2);
        Assert.All(new[] { 0, 3, 4 }, target => Assert.Equal(TransferResult.Refused, node.Transfer(target).Now()));
        Assert.True(node.Start().Index > LogIndex.Zero, "Requests are refused although nothing is handed over.");
    }

    [Fact]
    public void In_a_joint_consensus_a_leader_refuses_a_target_that_is_about_to_lose_its_vote()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        _ = node.Change(ConfigurationChange.Replace(Servers(0, 1), [], autoLeave: false));
        Assert.True(node.Node.GetStatus().Configuration.IsJoint);
        Assert.Equal(TransferResult.Refused, node.Transfer(2).Now());
        Assert.False(node.Transfer(1).IsCompleted);
    }

    [Fact]
    public void Two_transfers_are_not_under_way_at_once_and_the_first_one_goes_on()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var first = node.Transfer(1);
        Assert.Equal(TransferResult.Refused, node.Transfer(2).Now());
        Assert.Equal(TransferResult.Refused, node.Transfer(1).Now());
        Assert.False(first.IsCompleted);
        Assert.All(node.TimeoutNows, call => Assert.Equal(Server(1), call.To));
    }

    [Fact]
    public void A_server_that_does_not_lead_has_nothing_to_hand_over()
    {
        var node = NodeUnderTest.Follower(1, 1);
        Assert.Equal(TransferResult.Refused, node.Transfer(1).Now());
        node.AwaitElection();
        Assert.Equal(TransferResult.Refused, node.Transfer(1).Now());
        Assert.Empty(node.TimeoutNows);
    }

    [Fact]
    public void No_configuration_change_begins_while_the_leadership_is_handed_over()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var transfer = node.Transfer(1);
        var refused = node.Change(ConfigurationChange.Remove(Server(2))).Now();
        Assert.Equal((ChangeOutcome.Refused, "The leadership is being handed over."), (refused.Outcome, refused.Reason));
        node.Elapse(300);
        Assert.Equal(TransferResult.TimedOut, transfer.Now());
        Assert.False(node.Change(ConfigurationChange.Remove(Server(2))).IsCompleted);
    }

    [Fact]
    public void A_configuration_change_that_was_under_way_reaches_the_target_before_it_is_told_to_stand()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var change = node.Change(ConfigurationChange.Remove(Server(2)));
        _ = node.Transfer(1);
        Assert.Empty(node.TimeoutNows);
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Single(node.TimeoutNows);
        Assert.Equal(ChangeOutcome.Committed, change.Now().Outcome);
    }

    [Fact]
    public void A_leader_that_is_deposed_by_another_server_meanwhile_has_handed_over_all_the_same()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var transfer = node.Transfer(1);
        node.Ask(Append(term: 2, prev: (1, 1), leader: 2));
        Assert.Equal(TransferResult.Succeeded, transfer.Now());
        var sent = node.TimeoutNows.Count;
        node.Elapse(100);
        Assert.Equal(sent, node.TimeoutNows.Count);
    }

    [Fact]
    public void A_leader_that_loses_its_quorum_meanwhile_has_not_handed_over()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: NodeUnderTest.Plain with { CheckQuorum = true, LeadershipTransferTimeout = TimeSpan.FromSeconds(10) });
        var transfer = node.Transfer(1);
        node.Elapse(300);
        Assert.Equal((Role.Follower, 1), (node.Role, node.Term));
        Assert.Equal(TransferResult.TimedOut, transfer.Now());
    }

    [Fact]
    public void The_reply_to_TimeoutNow_tells_the_newer_term_as_any_reply_does()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var transfer = node.Transfer(1);
        node.TimeoutNows[0].Reply(new TimeoutNowReply(new Term(2), true));
        Assert.Equal((Role.Follower, 2), (node.Role, node.Term));
        Assert.Equal(TransferResult.Succeeded, transfer.Now());
    }
}
