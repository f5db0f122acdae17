using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Dissertation, §4.2.3: a server that has heard from a leader within the minimum election timeout, 150 ms here, ignores
/// whoever stands for election.
/// </summary>
public sealed class Chapter4_2_3_DisruptiveServers
{
    private static readonly RaftOptions CheckQuorum = NodeUnderTest.Plain with { CheckQuorum = true };

    [Fact]
    public void A_server_that_has_just_heard_from_a_leader_neither_votes_nor_adopts_the_term()
    {
        var node = FollowerOf1();
        var before = (node.Node.GetStatus(), node.Disk.Length);
        node.Elapse(149);
        Assert.Equal(Refused(1), node.Ask(Vote(term: 5, candidate: 2, last: (9, 4))));
        Assert.Equal(before, (node.Node.GetStatus(), node.Disk.Length));
        Assert.Equal(["VoteIgnored in term 1"], node.ElectionEvents);
    }

    [Fact]
    public void It_votes_as_soon_as_the_minimum_election_timeout_has_passed()
    {
        var node = FollowerOf1();
        node.Elapse(150);
        Assert.Equal(Granted(5), node.Ask(Vote(term: 5, candidate: 2, last: (9, 4))));
    }

    [Fact]
    public void The_time_counts_from_the_latest_word_of_the_leader_even_if_it_was_rejected()
    {
        var node = FollowerOf1();
        node.Elapse(149);
        Assert.False(node.Ask(Append(term: 1, prev: (7, 1))).Success);
        node.Elapse(149);
        Assert.Equal(Refused(1), node.Ask(Vote(term: 5, candidate: 2, last: (9, 4))));
    }

    [Fact]
    public void A_word_of_an_old_leader_does_not_count()
    {
        var node = FollowerOf1(term: 2);
        node.Elapse(149);
        node.Ask(Append(term: 1, leader: 2));
        node.Elapse(1);
        Assert.True(node.Ask(Vote(term: 5, candidate: 2, last: (9, 4))).VoteGranted);
    }

    [Fact]
    public void A_vote_that_was_granted_is_no_word_of_a_leader()
    {
        var node = new NodeUnderTest(options: CheckQuorum);
        Assert.True(node.Ask(Vote(term: 1, candidate: 1)).VoteGranted);
        Assert.True(node.Ask(Vote(term: 2, candidate: 2)).VoteGranted);
    }

    [Fact]
    public void A_newer_term_that_it_learns_otherwise_does_not_make_it_forget_the_leader_who_may_hold_a_lease()
    {
        var node = new NodeUnderTest(options: CheckQuorum);
        node.AwaitElection();
        node.Ask(Append(term: 1));
        node.Votes[0].Reply(Refused(7));
        Assert.Equal(7, node.Term);
        Assert.Equal(Refused(7), node.Ask(Vote(term: 8, candidate: 2)));
    }

    [Fact]
    public void A_candidate_that_the_leader_itself_has_told_to_stand_is_no_disruption()
    {
        var node = FollowerOf1();
        Assert.Equal(Granted(2), node.Ask(TransferVote(term: 2, candidate: 2, last: (1, 1))));
    }

    [Fact]
    public void Not_even_such_a_candidate_gets_a_vote_that_is_given_or_that_its_log_does_not_earn()
    {
        var node = FollowerOf1();
        Assert.False(node.Ask(TransferVote(term: 2, candidate: 2)).VoteGranted);
        Assert.True(node.Ask(TransferVote(term: 2, candidate: 1, last: (1, 1))).VoteGranted);
        Assert.False(node.Ask(TransferVote(term: 2, candidate: 2, last: (1, 1))).VoteGranted);
    }

    [Fact]
    public void A_leader_ignores_candidates_as_long_as_a_quorum_answers_it()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: CheckQuorum);
        node.Elapse(149);
        Assert.Equal(Refused(1), node.Ask(Vote(term: 5, candidate: 2, last: (9, 4))));
        Assert.Equal((Role.Leader, 1), (node.Role, node.Term));
        node.AcceptFrom(1);
        node.Elapse(149);
        Assert.Equal(Refused(1), node.Ask(Vote(term: 5, candidate: 2, last: (9, 4))));
        node.Elapse(1);
        Assert.Equal(Granted(5), node.Ask(Vote(term: 5, candidate: 2, last: (9, 4))));
    }

    [Fact]
    public void A_server_that_restarts_behaves_as_if_it_had_just_heard_from_a_leader_because_it_may_have()
    {
        var before = FollowerOf1();

        // The lowest priority, so that it does not stand for election itself at that moment.
        var node = new NodeUnderTest(disk: before.Disk.AfterPowerFailure(), options: CheckQuorum with { ElectionPriority = 0 });
        node.Elapse(149);
        Assert.Equal(Refused(1), node.Ask(Vote(term: 2, candidate: 2, last: (1, 1))));
        node.Elapse(1);
        Assert.Equal(Granted(2), node.Ask(Vote(term: 2, candidate: 2, last: (1, 1))));
    }

    [Fact]
    public void A_server_that_was_never_in_any_term_has_heard_nobody_and_votes_at_once()
    {
        var node = new NodeUnderTest(options: CheckQuorum);
        Assert.Equal(Granted(1), node.Ask(Vote(term: 1)));
    }

    [Fact]
    public void Without_the_setting_it_votes_whenever_it_is_asked()
    {
        var node = FollowerOf1(options: NodeUnderTest.Plain);
        Assert.Equal(Granted(5), node.Ask(Vote(term: 5, candidate: 2, last: (9, 4))));
    }

    [Fact]
    public void A_removed_server_that_does_not_know_it_stands_again_and_again_and_disturbs_nobody()
    {
        var cluster = new Cluster(options: CheckQuorum);
        var removed = cluster.AFollower();
        cluster.Isolate(removed);
        cluster.Make(ConfigurationChange.Remove(Server(removed)));
        cluster.Heal();
        var leader = cluster.AwaitLeader();
        var term = leader.Status.CurrentTerm;
        cluster.Elapse(3000);
        Assert.True(cluster[removed].Candidacies.Count > 5, "The removed server was to stand for election.");
        Assert.Equal((leader.Id, term), (cluster.AwaitLeader().Id, leader.Status.CurrentTerm));
    }

    /// <summary>A follower of server 1, with one entry, whose own election timeout is 300 ms.</summary>
    private static NodeUnderTest FollowerOf1(long term = 1, RaftOptions? options = null)
    {
        var node = new NodeUnderTest(options: options ?? CheckQuorum);
        node.Randomness.Drawn = TimeSpan.FromMilliseconds(300);
        Assert.True(node.Ask(Append(term, entries: [1])).Success);
        return node;
    }
}
