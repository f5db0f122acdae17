using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §3.10: the server that is told to stand, and the hand-over as a cluster sees it.</summary>
public sealed class Chapter3_10_TransferTarget
{
    [Fact]
    public void Step_3_the_target_stands_at_once_without_its_timeout_and_without_asking_first()
    {
        var node = FollowerOf1();
        Assert.Equal(new TimeoutNowReply(new Term(2), true), node.Ask(TimeoutNow(term: 1)));
        Assert.Equal((Role.Candidate, 2, Server(0)), (node.Role, node.Term, node.VotedFor));
        Assert.Equal([TransferVote(term: 2, candidate: 0, last: (1, 1)), TransferVote(term: 2, candidate: 0, last: (1, 1))], node.Votes.Select(call => call.Request));
    }

    [Fact]
    public void The_target_answers_and_asks_for_votes_only_when_its_own_vote_is_on_disk()
    {
        var node = FollowerOf1();
        node.Disk.HoldFlushes = true;
        var answer = node.Send(TimeoutNow(term: 1));
        Assert.False(answer.IsCompleted);
        Assert.Empty(node.Votes);
        node.CompleteFlush();
        Assert.True(answer.Now().Accepted);
        Assert.Equal(2, node.Votes.Count);
    }

    [Fact]
    public void A_TimeoutNow_that_is_repeated_begins_no_second_election()
    {
        var node = FollowerOf1();
        node.Ask(TimeoutNow(term: 1));
        Assert.Equal(new TimeoutNowReply(new Term(2), false), node.Ask(TimeoutNow(term: 1)));
        Assert.Equal((2, 2), (node.Term, node.Votes.Count));
    }

    [Fact]
    public void A_TimeoutNow_of_an_old_leader_changes_nothing()
    {
        var node = FollowerOf1();
        node.Ask(Append(term: 3, prev: (1, 1), leader: 2));
        var before = node.Node.GetStatus();
        Assert.Equal(new TimeoutNowReply(new Term(3), false), node.Ask(TimeoutNow(term: 2)));
        Assert.Equal(before, node.Node.GetStatus());
    }

    [Fact]
    public void A_leader_of_the_term_and_a_server_without_a_vote_do_not_stand()
    {
        var leader = NodeUnderTest.Established(term: 1, log: []);
        Assert.False(leader.Ask(TimeoutNow(term: 1)).Accepted);
        Assert.Equal((Role.Leader, 1), (leader.Role, leader.Term));

        var removed = NodeUnderTest.Established(term: 1, log: []);
        _ = removed.Change(ConfigurationChange.DemoteVoter(Server(0)));
        removed.Ask(Append(term: 2, prev: (2, 1)));
        Assert.False(removed.Ask(TimeoutNow(term: 2)).Accepted);
        Assert.Equal((Role.Follower, 2), (removed.Role, removed.Term));
    }

    [Fact]
    public void A_target_that_does_not_win_stands_the_next_time_as_any_server()
    {
        var node = FollowerOf1();
        node.Ask(TimeoutNow(term: 1));
        node.Votes.Clear();
        node.Elapse(300);
        Assert.NotEmpty(node.Votes);
        Assert.All(node.Votes, call => Assert.Equal((true, false), (call.Request.IsPreVote, call.Request.IsLeadershipTransfer)));
    }

    [Fact]
    public void The_leadership_moves_to_the_target_at_once_and_nothing_is_lost()
    {
        var cluster = new Cluster();
        cluster.Commit("a");
        var (old, target) = (cluster.AwaitLeader(), cluster[cluster.AFollower()]);
        var begun = cluster.Now;
        Assert.Equal(TransferResult.Succeeded, cluster.Await(() => old.Node.TransferLeadershipAsync(target.Id)));
        cluster.Until(() => target.Role == Role.Leader, "the target leads", withinMs: 50);
        Assert.True(cluster.Now - begun < new RaftOptions().ElectionTimeoutMin, "It took an election timeout.");
        cluster.Commit("b");
        cluster.Until(() => cluster.Up.All(server => server.Commands is ["a", "b"]), "all have both commands");
        Assert.Equal(old.Status.CurrentTerm, target.Status.CurrentTerm);
    }

    [Fact]
    public void A_target_that_was_cut_off_catches_up_and_leads()
    {
        var cluster = new Cluster();
        var target = cluster[cluster.AFollower()];
        cluster.Isolate(target.Id.Value);
        cluster.Commit("a");
        cluster.Commit("b");
        var old = cluster.AwaitLeader();
        cluster.Heal();
        Assert.Equal(TransferResult.Succeeded, cluster.Await(() => old.Node.TransferLeadershipAsync(target.Id)));
        cluster.Until(() => target.Role == Role.Leader, "the target leads", withinMs: 50);
        cluster.Commit("c");
        Assert.Equal(["a", "b", "c"], target.Commands);
    }

    [Fact]
    public void A_target_that_is_down_costs_a_time_limit_and_no_term()
    {
        var cluster = new Cluster();
        var (old, target) = (cluster.AwaitLeader(), cluster.AFollower());
        var term = old.Status.CurrentTerm;
        cluster.Crash(target);
        Assert.Equal(TransferResult.TimedOut, cluster.Await(() => old.Node.TransferLeadershipAsync(Server(target))));
        cluster.Commit("a");
        Assert.Equal((Role.Leader, term), (old.Role, old.Status.CurrentTerm));
    }

    [Fact]
    public void A_target_whose_requests_are_lost_does_not_leave_the_cluster_without_a_leader()
    {
        var cluster = new Cluster();
        var (old, target) = (cluster.AwaitLeader(), Server(cluster.AFollower()));
        cluster.Network.Loses = (from, _, request) => from == target && request is RequestVoteRequest;
        _ = cluster.Do(() => old.Node.TransferLeadershipAsync(target));
        cluster.Elapse(1000);
        cluster.Commit("a");
        cluster.Until(() => cluster.Up.All(server => server.Commands is ["a"]), "all have the command");
    }

    /// <summary>A follower of server 1 in term 1, with one entry, that asks before it stands and refuses to disturb a leader.</summary>
    private static NodeUnderTest FollowerOf1()
    {
        var node = new NodeUnderTest(options: new RaftOptions());
        Assert.True(node.Ask(Append(term: 1, entries: [1])).Success);
        return node;
    }
}
