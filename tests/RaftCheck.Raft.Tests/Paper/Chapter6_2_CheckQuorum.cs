using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.ClusterMembership;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Dissertation, §6.2: a leader steps down if an election timeout, 300 ms at the longest, passes without a round of
/// heartbeats that a quorum has answered, so that clients look for another.
/// </summary>
public sealed class Chapter6_2_CheckQuorum
{
    private static readonly RaftOptions CheckQuorum = NodeUnderTest.Plain with { CheckQuorum = true };

    [Fact]
    public void A_leader_that_no_quorum_answers_for_an_election_timeout_steps_down_in_its_term()
    {
        var node = Leader();
        node.Elapse(299);
        Assert.Equal(Role.Leader, node.Role);
        node.Elapse(1);
        var status = node.Node.GetStatus();
        Assert.Equal((Role.Follower, 1, Server(0), null), (status.Role, status.CurrentTerm.Value, status.VotedFor, status.LeaderHint));
        Assert.Equal(["LostQuorum in term 1"], node.ElectionEvents);
    }

    [Fact]
    public void A_leader_that_a_quorum_answers_stays()
    {
        var node = Leader();
        KeepAnswering(node, rounds: 100, server => node.AcceptFrom(server), 2);
        Assert.Equal((Role.Leader, 1), (node.Role, node.Term));
    }

    [Fact]
    public void It_needs_a_quorum_and_not_just_somebody()
    {
        var node = Leader(servers: 5);
        KeepAnswering(node, rounds: 6, server => node.AcceptFrom(server), 2);
        Assert.Equal(Role.Follower, node.Role);
    }

    [Fact]
    public void A_rejection_is_an_answer_too()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1], options: CheckQuorum);
        KeepAnswering(node, rounds: 20, server => node.LastAppend(server).Reply(Rejected(2, TooShort(nextIndex: 1))), 1);
        Assert.Equal(Role.Leader, node.Role);
    }

    [Fact]
    public void A_request_that_was_lost_is_no_answer()
    {
        var node = Leader();
        KeepAnswering(node, rounds: 6, server => node.LastAppend(server).Reply(null), 1, 2);
        Assert.Equal(Role.Follower, node.Role);
    }

    [Fact]
    public void A_learner_does_not_count()
    {
        var node = Leader();
        _ = node.Change(ConfigurationChange.AddLearner(Server(3)));
        node.AcceptFrom(1, 2);
        node.Elapse(50);
        KeepAnswering(node, rounds: 6, server => node.AcceptFrom(server), 3);
        Assert.Equal(Role.Follower, node.Role);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 3, 4)]
    [InlineData(true, 1, 3, 4)]
    public void In_a_joint_consensus_a_majority_of_each_configuration_is_needed(bool stays, params int[] answering)
    {
        var node = Leader();
        _ = node.Change(ConfigurationChange.Replace(Servers(3, 4, 5), [], autoLeave: false));
        node.Elapse(50);
        KeepAnswering(node, rounds: 8, server => node.AcceptFrom(server), answering);
        Assert.Equal(stays ? Role.Leader : Role.Follower, node.Role);
    }

    [Fact]
    public void Once_it_has_stepped_down_it_waits_for_a_whole_election_timeout_before_it_stands()
    {
        var node = Leader();
        node.Elapse(300);
        Assert.Equal(Role.Follower, node.Role);
        node.Elapse(149);
        Assert.Equal((Role.Follower, 1), (node.Role, node.Term));
        node.Elapse(1);
        Assert.Equal((Role.Candidate, 2), (node.Role, node.Term));
    }

    [Fact]
    public void Its_clients_are_sent_away_without_a_hint_and_what_they_asked_before_may_yet_be_answered()
    {
        var node = Leader();
        var before = node.Propose(new byte[] { 1 });
        node.Elapse(300);
        Assert.Equal((ProposeOutcome.NotLeader, null), (node.Propose(new byte[] { 2 }).Now().Outcome, node.Node.GetStatus().LeaderHint));
        Assert.False(before.IsCompleted);
        node.Ask(Append(term: 2, prev: (2, 1), entries: [2], commit: 3));
        Assert.Equal(ProposeOutcome.Applied, before.Now().Outcome);
    }

    [Fact]
    public void A_late_answer_does_not_bring_the_leadership_back()
    {
        var node = Leader();
        node.Elapse(300);
        node.AcceptFrom(1, 2);
        Assert.Equal((Role.Follower, 1), (node.Role, node.CommitIndex));
    }

    [Fact]
    public void Without_the_setting_a_leader_leads_until_it_hears_of_another()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Elapse(3000);
        Assert.Equal((Role.Leader, 1), (node.Role, node.Term));
    }

    [Fact]
    public void A_leader_on_the_wrong_side_of_a_one_way_partition_gives_way_to_one_that_hears()
    {
        var cluster = new Cluster();
        var deaf = cluster.AwaitLeader();
        foreach (var other in cluster.Up.Where(server => server != deaf).ToList())
        {
            cluster.Network.Cut(other.Id, deaf.Id);
        }

        cluster.Until(() => cluster.Leader is { } leader && leader != deaf, "another server leads", withinMs: 2000);
        cluster.Commit("a");
        Assert.NotEqual(deaf.Id, cluster.AwaitLeader().Id);
    }

    private static NodeUnderTest Leader(int servers = 3) => NodeUnderTest.Established(term: 1, log: [], servers, CheckQuorum);

    /// <summary>Some servers answer each heartbeat, the others none.</summary>
    private static void KeepAnswering(NodeUnderTest node, int rounds, Action<int> answer, params int[] servers)
    {
        for (var i = 0; i < rounds && node.Role == Role.Leader; i++)
        {
            node.Appends.Clear();
            node.Elapse(50);
            foreach (var server in servers.Where(server => node.AppendsTo(server).Count > 0))
            {
                answer(server);
            }
        }
    }
}
