using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §9.6, as a cluster sees it: who comes back disturbs nobody, and nobody waits for ever.</summary>
public sealed class Chapter9_6_Rejoining
{
    [Fact]
    public void A_server_that_was_cut_off_comes_back_without_disturbing_the_leader()
    {
        var cluster = new Cluster(options: new RaftOptions { CheckQuorum = false });
        var (leader, away) = (cluster.AwaitLeader(), cluster.AFollower());
        var term = leader.Status.CurrentTerm;
        cluster.Isolate(away);
        cluster.Elapse(3000);
        Assert.Contains(cluster[away].ElectionEvents, e => e.Reason == ElectionEvent.PreVoteBegun && e.Term == term);
        Assert.Equal(term, cluster[away].Status.CurrentTerm);
        cluster.Heal();
        cluster.Elapse(1000);
        Assert.Equal((leader.Id, term), (cluster.AwaitLeader().Id, leader.Status.CurrentTerm));
        cluster.Commit("a");
        cluster.Until(() => cluster[away].Commands is ["a"], "it follows");
    }

    [Fact]
    public void Without_the_asking_it_deposes_the_leader()
    {
        var cluster = new Cluster(options: NodeUnderTest.Plain);
        var (leader, away) = (cluster.AwaitLeader(), cluster.AFollower());
        var term = leader.Status.CurrentTerm;
        cluster.Isolate(away);
        cluster.Elapse(3000);
        cluster.Heal();
        cluster.Elapse(1000);
        Assert.True(cluster.AwaitLeader().Status.CurrentTerm > term, "It was to be disturbed.");
    }

    [Fact]
    public void A_server_that_hears_from_everybody_but_the_leader_does_not_disturb_it()
    {
        var cluster = new Cluster();
        var (leader, deaf) = (cluster.AwaitLeader(), cluster.AFollower());
        var term = leader.Status.CurrentTerm;
        cluster.Network.Cut(leader.Id, Server(deaf));
        cluster.Elapse(5000);
        Assert.Equal((leader.Id, term), (cluster.AwaitLeader().Id, leader.Status.CurrentTerm));
    }

    [Fact]
    public void A_server_that_can_speak_and_hears_nobody_does_not_disturb_the_leader()
    {
        var cluster = new Cluster();
        var (leader, deaf) = (cluster.AwaitLeader(), cluster.AFollower());
        var term = leader.Status.CurrentTerm;
        foreach (var other in cluster.Up.Where(server => server.Id != Server(deaf)).ToList())
        {
            cluster.Network.Cut(other.Id, Server(deaf));
        }

        cluster.Elapse(5000);
        Assert.Equal((leader.Id, term), (cluster.AwaitLeader().Id, leader.Status.CurrentTerm));
    }

    [Fact]
    public void The_asking_does_not_keep_a_cluster_that_has_lost_its_leader_without_one()
    {
        var cluster = new Cluster(5);
        for (var i = 0; i < 2; i++)
        {
            cluster.Commit($"{i}");
            cluster.Crash(cluster.AwaitLeader().Id.Value);
            cluster.Until(() => cluster.Leader is not null, "another leads", withinMs: 1500);
        }

        cluster.Commit("2");
        Assert.Equal(["0", "1", "2"], cluster.AwaitLeader().Commands);
    }

    [Fact]
    public void A_server_with_the_better_log_and_the_older_term_is_elected_though_the_other_refuses_at_first()
    {
        // Of the two that are left, one lacks an entry, so only the other can win; and that one's term is older by several.
        var cluster = new Cluster();
        cluster.Commit("a");
        var leader = cluster.AwaitLeader();
        var (behind, better) = TwoFollowers(cluster, leader);
        cluster.Network.Loses = (_, to, request) => (to == behind.Id && request is AppendEntriesRequest { Entries.Count: > 0 }) || request is RequestVoteRequest;
        cluster.Commit("b");
        for (var i = 0; i < 3; i++)
        {
            Stand(cluster, behind, told: leader);
        }

        cluster.Crash(leader.Id.Value);
        Assert.True(behind.Status.CurrentTerm.Value > better.Status.CurrentTerm.Value + 1, "The terms were to differ.");
        cluster.Network.Loses = null;
        cluster.Until(() => better.Role == Role.Leader, "the better one leads");
        cluster.Commit("c");
        cluster.Until(() => behind.Commands is ["a", "b", "c"], "the other follows");
    }

    [Fact]
    public void A_server_that_comes_back_with_a_newer_term_is_not_left_out_for_ever()
    {
        // It refuses what the leader of the old term sends, and the others refuse to vote for it as long as that one leads.
        var cluster = new Cluster();
        cluster.Commit("a");
        var leader = cluster.AwaitLeader();
        var (away, _) = TwoFollowers(cluster, leader);
        cluster.Isolate(away.Id.Value);
        Stand(cluster, away, told: leader);
        cluster.Commit("b");
        Assert.True(away.Status.CurrentTerm > leader.Status.CurrentTerm, "The terms were to differ.");
        cluster.Heal();
        cluster.Until(() => away.Commands is ["a", "b"], "it has caught up");
        cluster.Commit("c");
        cluster.Until(() => cluster.Up.All(server => server.Commands is ["a", "b", "c"]), "all go on");
    }

    /// <summary>The server stands for election at once, asking nobody first.</summary>
    private static void Stand(Cluster cluster, ClusterServer server, ClusterServer told)
    {
        var term = server.Status.CurrentTerm;
        Assert.True(cluster.Do(() => server.Node.HandleAsync(new TimeoutNowRequest(term, told.Id))).Now().Accepted);
        Assert.Equal(term.Next, server.Status.CurrentTerm);
    }

    private static (ClusterServer One, ClusterServer Other) TwoFollowers(Cluster cluster, ClusterServer leader)
    {
        var followers = cluster.Up.Where(server => server != leader).ToArray();
        return (followers[0], followers[1]);
    }
}
