using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.ClusterMembership;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Dissertation, §6.4.1: reads by a lease. The shortest election timeout is 150 ms and clocks differ by a tenth at the
/// most, so a lease lasts for 135 ms.
/// </summary>
public sealed class Chapter6_4_1_Leases
{
    private static readonly RaftOptions Leases = NodeUnderTest.Plain with { CheckQuorum = true, ClockDriftBound = 0.1 };

    [Fact]
    public void A_leader_that_a_quorum_has_just_answered_serves_reads_without_any_message()
    {
        var node = Leader();
        Assert.Equal(new ReadResult(ReadOutcome.Ok, new LogIndex(1), Server(0)), node.Read(ReadConsistency.Lease).Now());
        Assert.Empty(node.Appends);
        Assert.Equal(["read by Lease at 1"], node.ElectionEvents);
    }

    [Fact]
    public void When_the_lease_is_over_the_leader_confirms_by_a_round_of_heartbeats_that_it_leads()
    {
        var node = Leader();
        node.Elapse(134);
        Assert.True(HasLease(node));
        node.Elapse(1);
        node.Appends.Clear();
        var read = node.Read(ReadConsistency.Lease);
        Assert.False(read.IsCompleted);
        node.AcceptFrom(1);
        Assert.Equal(ReadOutcome.Ok, read.Now().Outcome);
        Assert.Equal("read by ReadIndex at 1", node.ElectionEvents[^1]);
    }

    [Fact]
    public void The_lease_counts_from_when_the_heartbeat_was_sent_and_not_from_when_its_answer_came()
    {
        var node = Leader();
        node.Elapse(50);
        var heartbeat = node.LastAppend(to: 1);
        node.Elapse(60);
        heartbeat.Reply(Accepted(1));
        node.Elapse(74);
        Assert.True(HasLease(node));
        node.Elapse(1);
        Assert.False(HasLease(node));
    }

    [Fact]
    public void An_answer_that_comes_late_does_not_shorten_what_a_later_heartbeat_has_earned()
    {
        var node = Leader();
        node.Elapse(50);
        var earlier = node.LastAppend(to: 1);
        node.Elapse(50);
        node.AcceptFrom(1);
        earlier.Reply(Accepted(1));
        node.Elapse(134);
        Assert.True(HasLease(node));
    }

    [Fact]
    public void The_lease_lasts_from_the_heartbeat_that_the_last_of_a_quorum_has_answered()
    {
        var node = Leader(servers: 5);
        node.Elapse(50);
        node.AcceptFrom(1);
        node.Elapse(50);
        node.AcceptFrom(2);

        // Servers 0, 1 and 2 are a quorum, and server 1 has answered what was sent at 50 ms: until 185 ms.
        node.Elapse(84);
        Assert.True(HasLease(node));
        node.Elapse(1);
        Assert.False(HasLease(node));
    }

    [Fact]
    public void A_request_that_was_lost_earns_nothing()
    {
        var node = Leader();
        node.Elapse(50);
        node.Appends.ToList().ForEach(call => call.Reply(null));
        node.Elapse(85);
        Assert.False(HasLease(node));
    }

    [Fact]
    public void A_server_that_has_stopped_earns_nothing_because_it_may_come_back_and_know_of_no_leader()
    {
        var node = Leader();
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(Rejected(0));
        node.Elapse(85);
        Assert.False(HasLease(node));
    }

    [Fact]
    public void A_learner_earns_nothing()
    {
        var node = Leader();
        _ = node.Change(ConfigurationChange.AddLearner(Server(3)));
        node.AcceptFrom(1, 2);
        node.Elapse(50);
        node.AcceptFrom(3);
        node.Elapse(85);
        Assert.False(HasLease(node));
    }

    [Fact]
    public void In_a_joint_consensus_a_majority_of_each_configuration_is_needed()
    {
        var node = Leader();
        _ = node.Change(ConfigurationChange.Replace(Servers(3, 4, 5), [], autoLeave: false));
        Assert.False(HasLease(node));
        node.Elapse(50);
        node.AcceptFrom(3);
        Assert.False(HasLease(node));
        node.AcceptFrom(4);
        Assert.True(HasLease(node));
    }

    [Theory]
    [InlineData(0, 150)]
    [InlineData(0.01, 148)]
    [InlineData(0.5, 75)]
    public void The_worse_the_clocks_may_be_the_shorter_is_the_lease(double drift, int leaseMs)
    {
        var node = Leader(options: Leases with { ClockDriftBound = drift });
        node.Elapse(leaseMs - 1);
        Assert.True(HasLease(node));
        node.Elapse(2);
        Assert.False(HasLease(node));
    }

    [Fact]
    public void There_is_no_lease_read_before_an_entry_of_the_term_is_committed()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1], options: Leases);
        node.LastAppend(to: 1).Reply(Rejected(2, TooShort(nextIndex: 1)));
        var read = node.Read(ReadConsistency.Lease);
        Assert.False(read.IsCompleted);
        node.AcceptFrom(1);
        Assert.Equal(2, node.CommitIndex);
        Assert.True(HasLease(node));
    }

    [Fact]
    public void There_is_no_lease_if_the_others_do_not_refuse_disruptive_candidates()
    {
        var node = Leader(options: Leases with { CheckQuorum = false });
        Assert.False(HasLease(node));
    }

    [Fact]
    public void There_is_no_lease_once_a_server_was_told_to_stand_however_that_ends_until_the_next_term()
    {
        var node = Leader();
        var transfer = node.Transfer(2);
        Assert.False(HasLease(node));
        for (var i = 0; i < 6; i++)
        {
            node.Elapse(50);
            node.AcceptFrom(1);
        }

        Assert.Equal((TransferResult.TimedOut, Role.Leader), (transfer.Now(), node.Role));
        Assert.False(HasLease(node));

        node.Ask(TransferVote(term: 2, candidate: 2, last: (1, 1)));
        node.BecomeLeader();
        node.AcceptFrom(1);
        Assert.True(HasLease(node));
    }

    [Fact]
    public void There_is_no_lease_while_the_target_of_a_hand_over_catches_up_but_again_if_it_is_never_told_to_stand()
    {
        var node = Leader();
        node.Start();
        node.AcceptFrom(1);
        _ = node.Transfer(2);
        Assert.Empty(node.TimeoutNows);
        Assert.False(HasLease(node));
        for (var i = 0; i < 6; i++)
        {
            node.Elapse(50);
            node.AcceptFrom(1);
        }

        Assert.Empty(node.TimeoutNows);
        Assert.True(HasLease(node));
    }

    [Fact]
    public void There_is_no_lease_of_an_earlier_leadership()
    {
        var node = Leader();
        node.Ask(TransferVote(term: 2, candidate: 2, last: (1, 1)));
        Assert.Equal(ReadOutcome.NotLeader, node.Read(ReadConsistency.Lease).Now().Outcome);
        node.BecomeLeader();
        Assert.False(HasLease(node));
    }

    [Fact]
    public void A_leader_that_was_cut_off_answers_by_its_lease_only_while_no_other_can_lead()
    {
        var cluster = new Cluster(options: new RaftOptions { PreVote = false });
        cluster.Commit("a");
        var old = cluster.AwaitLeader();
        cluster.Isolate(old.Id.Value);
        var served = 0;
        for (; cluster.Leader == old; cluster.Elapse(1))
        {
            served += Answers(cluster, old) ? 1 : 0;
        }

        Assert.True(served > 50, "There was no lease to test.");
        Assert.False(Answers(cluster, old), "It still answers although another leads.");
    }

    private static bool Answers(Cluster cluster, ClusterServer server)
    {
        var read = cluster.Do(() => server.Node.ReadIndexAsync(ReadConsistency.Lease));
        return read.IsCompleted && read.Now().Outcome == ReadOutcome.Ok;
    }

    /// <summary>A leader of term 1 with a committed no-op. All servers have answered what it sent just now.</summary>
    private static NodeUnderTest Leader(int servers = 3, RaftOptions? options = null) =>
        NodeUnderTest.Established(term: 1, log: [], servers, options ?? Leases);

    /// <summary>Asks for a read, which goes the other way if there is no lease.</summary>
    private static bool HasLease(NodeUnderTest node)
    {
        var read = node.Read(ReadConsistency.Lease);
        return read.IsCompleted && read.Now().Outcome == ReadOutcome.Ok;
    }
}
