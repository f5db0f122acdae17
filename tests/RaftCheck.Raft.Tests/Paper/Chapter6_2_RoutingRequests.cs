using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Dissertation, §6.1 and §6.2: a client asks any server, which refuses and names the leader if it knows it. What a server
/// believes of the leader must not outlive it, or clients would be sent in a circle.
/// </summary>
public sealed class Chapter6_2_RoutingRequests
{
    [Fact]
    public void A_server_that_does_not_lead_refuses_and_names_the_leader_that_it_hears_from()
    {
        var node = new NodeUnderTest();
        node.Ask(Append(term: 1, leader: 2));
        Assert.Equal((ProposeOutcome.NotLeader, Server(2)), Refusal(node));
        Assert.Equal(Server(2), node.Node.GetStatus().LeaderHint);
        Assert.Empty(node.LogTerms);
    }

    [Fact]
    public void A_rejected_AppendEntries_and_a_chunk_of_a_snapshot_name_the_leader_too()
    {
        var node = new NodeUnderTest();
        Assert.False(node.Ask(Append(term: 1, prev: (9, 1), leader: 2)).Success);
        Assert.Equal(Server(2), Refusal(node).Leader);
        node.Ask(LeaderSnapshot.Of(1, 1).Chunk(term: 2, 0, 5, leader: 1));
        Assert.Equal(Server(1), Refusal(node).Leader);
    }

    [Fact]
    public void A_server_that_has_heard_from_no_leader_names_none()
    {
        var node = new NodeUnderTest();
        Assert.Equal((ProposeOutcome.NotLeader, null), Refusal(node));
        node.Ask(Vote(term: 3, candidate: 2));
        Assert.Null(Refusal(node).Leader);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_that_starts_an_election_forgets_the_leader(bool preVote)
    {
        var node = new NodeUnderTest(options: NodeUnderTest.Plain with { PreVote = preVote });
        node.Ask(Append(term: 1, leader: 2));
        node.Elapse(150);
        Assert.Equal(preVote ? Role.PreCandidate : Role.Candidate, node.Role);
        Assert.Null(Refusal(node).Leader);
    }

    [Fact]
    public void A_server_forgets_the_leader_when_the_term_changes_and_not_while_it_stays()
    {
        var node = new NodeUnderTest();
        node.Ask(Append(term: 2, leader: 2));
        node.Ask(Vote(term: 2, candidate: 1));
        node.Ask(Append(term: 1, leader: 1));
        Assert.Equal(Server(2), Refusal(node).Leader);
        node.Ask(Vote(term: 3, candidate: 1));
        Assert.Null(Refusal(node).Leader);
        node.Ask(Append(term: 3, leader: 1));
        Assert.Equal(Server(1), Refusal(node).Leader);
    }

    [Fact]
    public void A_leader_names_itself_and_a_deposed_one_the_next_as_soon_as_it_knows_it()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        Assert.Equal(Server(0), node.Node.GetStatus().LeaderHint);
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(Rejected(5));
        Assert.Equal((ProposeOutcome.NotLeader, null), Refusal(node));
        node.Ask(Append(term: 5, prev: (1, 1), leader: 2));
        Assert.Equal(Server(2), Refusal(node).Leader);
    }

    [Fact]
    public void A_restarted_server_names_nobody_until_it_hears_from_a_leader()
    {
        var node = new NodeUnderTest();
        node.Ask(Append(term: 1, leader: 2));
        var restarted = new NodeUnderTest(disk: node.Disk.AfterPowerFailure());
        Assert.Null(Refusal(restarted).Leader);
    }

    [Fact]
    public void Whichever_server_a_client_asks_first_one_more_step_takes_it_to_the_leader()
    {
        var cluster = new Cluster(5);
        cluster.Commit("a");
        cluster.Elapse(100);
        var first = cluster.AwaitLeader();
        Assert.All(cluster.Up, server => Assert.Equal(first.Id, server.Status.LeaderHint));

        // Also after the leader is gone, and another one has taken its place.
        cluster.Crash(first.Id.Value);
        cluster.Commit("b");
        cluster.Elapse(100);
        cluster.Restart(first.Id.Value);
        cluster.Elapse(200);
        foreach (var server in cluster.Up)
        {
            var leader = cluster[server.Status.LeaderHint!.Value];
            Assert.Equal(ProposeOutcome.Applied, cluster.Await(() => leader.Node.ProposeAsync("c"u8.ToArray())).Outcome);
        }
    }

    [Fact]
    public void Any_server_tells_of_which_servers_the_cluster_consists()
    {
        // §6.1: a client that knows one of them finds the others.
        var cluster = new Cluster(3);
        cluster.StartNew(3);
        cluster.Make(ConfigurationChange.AddVoter(Server(3)));
        cluster.Elapse(100);
        Assert.All(cluster.Up, server => Assert.Equal([0, 1, 2, 3], server.Configuration.Members().Select(member => member.Value)));
    }

    private static (ProposeOutcome Outcome, NodeId? Leader) Refusal(NodeUnderTest node)
    {
        var answer = node.Propose(new byte[1]).Now();
        return (answer.Outcome, answer.LeaderHint);
    }
}
