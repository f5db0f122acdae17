using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.ClusterMembership;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §4.2: availability while the members change.</summary>
public sealed class Chapter4_2_Availability
{
    [Fact]
    public void Section_4_2_1_a_new_server_is_a_learner_until_it_has_caught_up_and_then_votes()
    {
        var cluster = new Cluster();
        cluster.Commit("a");
        cluster.StartNew(3);
        cluster.Make(ConfigurationChange.AddVoter(Server(3)));
        var leader = cluster.AwaitLeader();
        Assert.Equal([Servers(3), []], leader.Configurations.Select(configuration => configuration.Learners.ToArray()));
        cluster.Until(() => cluster[3].Configuration.IsVoter(Server(3)), "the new server knows");

        // With one of the old ones gone, nothing is decided without it.
        cluster.Crash(cluster.AFollower());
        cluster.Commit("b");
        Assert.Equal(["a", "b"], leader.Commands);
    }

    [Fact]
    public void Section_4_2_1_a_new_server_that_does_not_answer_is_taken_out_again()
    {
        var cluster = new Cluster();
        var result = cluster.Change(ConfigurationChange.AddVoter(Server(3)));
        Assert.Equal((ChangeOutcome.Refused, "n3 does not catch up: it does not answer."), (result.Outcome, result.Reason));
        Assert.Equal(ClusterConfiguration.Of(Servers(0, 1, 2)), result.Configuration);
        cluster.Commit("a");
    }

    [Fact]
    public void Section_4_2_1_a_new_server_that_is_slower_than_the_log_grows_gets_no_vote()
    {
        var cluster = new Cluster(options: new RaftOptions { CatchUpRounds = 3 });
        cluster.StartNew(3);
        cluster.Network.Slow(Server(3), by: TimeSpan.FromMilliseconds(200));
        var leader = cluster.AwaitLeader();
        var change = cluster.Do(() => leader.Node.ChangeConfigurationAsync(ConfigurationChange.AddVoter(Server(3))));
        for (var i = 0; !change.IsCompleted; i++)
        {
            Assert.True(i < 500, "The change has not ended.");
            cluster.Do(() => leader.Node.Start("x"u8.ToArray()));
            cluster.Elapse(20);
        }

        var result = change.Now();
        Assert.Equal((ChangeOutcome.Refused, "n3 does not catch up: it receives the log no faster than the log grows."), (result.Outcome, result.Reason));
    }

    [Fact]
    public void Section_4_2_1_a_learner_gets_a_vote_at_once_unless_it_is_too_far_behind()
    {
        var cluster = new Cluster(options: NodeUnderTest.Plain with { MaxEntriesPerAppend = 2 });
        cluster.StartNew(3);
        cluster.Make(ConfigurationChange.AddLearner(Server(3)));
        cluster.Isolate(3);
        for (var i = 0; i < 5; i++)
        {
            cluster.Commit($"{i}");
        }

        Assert.Equal("n3 is too far behind to vote.", cluster.Change(ConfigurationChange.AddVoter(Server(3))).Reason);
        cluster.Heal();
        cluster.Until(() => cluster[3].Commands.Length == 5, "the learner has caught up");
        cluster.Elapse(100);
        cluster.Make(ConfigurationChange.AddVoter(Server(3)));
    }

    [Fact]
    public void Section_4_2_1_a_learner_neither_counts_nor_stands_for_election()
    {
        var cluster = new Cluster();
        cluster.StartNew(3);
        cluster.Make(ConfigurationChange.AddLearner(Server(3)));
        cluster.Until(() => cluster[3].Configuration.IsLearner(Server(3)), "the learner knows");
        var leader = cluster.AwaitLeader();
        foreach (var number in new[] { 0, 1, 2 }.Where(number => number != leader.Id.Value))
        {
            cluster.Crash(number);
        }

        var proposal = cluster.Do(() => leader.Node.ProposeAsync("x"u8.ToArray()));
        cluster.Elapse(100);
        Assert.False(proposal.IsCompleted);
        cluster.Isolate(3);
        cluster.Elapse(2000);
        Assert.Empty(cluster[3].Candidacies);
    }

    [Fact]
    public void Section_4_2_2_a_leader_that_is_removed_steps_down_once_the_others_know()
    {
        var cluster = new Cluster();
        var leader = cluster.AwaitLeader();
        var index = leader.Status.LastLogIndex.Next;
        var others = cluster.Up.Where(server => server != leader).ToList();
        cluster.Make(ConfigurationChange.Remove(leader.Id));
        Assert.Equal(Role.Leader, leader.Role);
        cluster.Until(() => leader.Role == Role.Follower, "the leader has stepped down", withinMs: 100);
        Assert.All(others, server => Assert.True(server.Status.CommitIndex >= index));
        Assert.Contains(leader.ElectionEvents, e => e.Reason == ElectionEvent.Removed);
        cluster.Commit("a");
        cluster.Elapse(2000);
        Assert.Equal((Role.Follower, 0), (leader.Role, leader.Commands.Length));
        Assert.Single(leader.Candidacies);
    }

    [Fact]
    public void Section_4_2_2_a_leader_that_is_removed_does_not_count_itself()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        Task<ChangeResult>? change = null;
        node.Do(() => change = node.Node.ChangeConfigurationAsync(ConfigurationChange.Remove(Server(0))));
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.False(change!.IsCompleted);
        node.LastAppend(to: 2).Reply(Accepted(1));
        Assert.Equal(ChangeOutcome.Committed, change.Now().Outcome);
        Assert.Equal(Role.Leader, node.Role);
        node.Elapse(300);
        Assert.Equal((Role.Follower, 1), (node.Role, node.Term));
    }

    [Fact]
    public void Section_4_2_2_a_server_that_has_removed_itself_leads_once_more_if_nobody_else_can()
    {
        var cluster = new Cluster(servers: 2);
        var leader = cluster.AwaitLeader();
        var other = cluster.Up.Single(server => server != leader);
        cluster.Network.Cut(leader.Id, other.Id);
        cluster.Do(() => leader.Node.ChangeConfigurationAsync(ConfigurationChange.Remove(leader.Id)));
        cluster.Elapse(20);
        cluster.Crash(leader.Id.Value);
        cluster.Restart(leader.Id.Value);
        cluster.Heal();
        cluster.Until(() => other.Role == Role.Leader, "the server that stays leads");
        Assert.Equal(ClusterConfiguration.Of([other.Id]), other.Configuration);
        cluster.Commit("a");
    }

    [Fact]
    public void Section_4_2_2_a_leader_that_is_demoted_steps_down_and_goes_on_as_a_learner()
    {
        var cluster = new Cluster();
        var leader = cluster.AwaitLeader();
        cluster.Make(ConfigurationChange.DemoteVoter(leader.Id));
        cluster.Until(() => leader.Role == Role.Follower, "the leader has stepped down");
        cluster.Commit("a");
        cluster.Until(() => leader.Commands.Length == 1, "the learner has the command");
    }

    [Fact]
    public void Section_4_2_2_what_a_removed_leader_could_not_commit_ends_as_unknown()
    {
        var cluster = new Cluster();
        var leader = cluster.AwaitLeader();
        cluster.Make(ConfigurationChange.Remove(leader.Id));
        cluster.Network.Loses = (from, _, request) => from == leader.Id && request is AppendEntriesRequest { Entries.Count: > 0 };
        var proposal = cluster.Do(() => leader.Node.ProposeAsync("x"u8.ToArray()));
        cluster.Until(() => proposal.IsCompleted, "the proposal has ended");
        Assert.Equal(ProposeOutcome.Unknown, proposal.Now().Outcome);
    }

    [Fact]
    public void A_server_that_was_removed_can_be_added_again_and_votes()
    {
        var cluster = new Cluster();
        var server = cluster.AFollower();
        cluster.Make(ConfigurationChange.Remove(Server(server)));
        cluster.Commit("a");
        cluster.Crash(server);
        cluster.Restart(server);
        cluster.Isolate(server);
        cluster.Heal();
        cluster.Make(ConfigurationChange.AddVoter(Server(server)));
        cluster.Until(() => cluster[server].Commands.Length == 1, "it has what it missed");
        Assert.Equal(3, cluster.AwaitLeader().Configuration.Voters.Count);
    }
}
