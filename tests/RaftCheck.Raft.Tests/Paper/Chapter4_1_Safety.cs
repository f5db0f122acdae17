using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.ClusterMembership;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §4.1: single-server changes.</summary>
public sealed class Chapter4_1_Safety
{
    [Fact]
    public void A_server_uses_a_configuration_as_soon_as_it_is_in_its_log()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var change = Change(node, ConfigurationChange.AddLearner(Server(3)));
        Assert.False(change.IsCompleted);
        Assert.True(node.Node.GetStatus().Configuration.IsLearner(Server(3)));
        node.Elapse(50);
        Assert.Contains(node.Appends, call => call.To == Server(3));
    }

    [Fact]
    public void A_change_ends_when_its_entry_is_committed()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var change = Change(node, ConfigurationChange.Remove(Server(2)));
        Assert.False(change.IsCompleted);
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal(ChangeOutcome.Committed, change.Now().Outcome);
        Assert.Equal(Servers(0, 1), change.Now().Configuration.Voters);
    }

    [Fact]
    public void No_other_change_begins_before_the_last_one_is_committed()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        _ = Change(node, ConfigurationChange.AddLearner(Server(3)));
        Assert.Equal(ChangeOutcome.Refused, Change(node, ConfigurationChange.Remove(Server(2))).Now().Outcome);
    }

    [Fact]
    public void No_change_begins_before_the_leader_has_committed_an_entry_of_its_term()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1]);
        Assert.Equal(ChangeOutcome.Refused, Change(node, ConfigurationChange.Remove(Server(2))).Now().Outcome);
        node.LastAppend(to: 1).Reply(Accepted(2));
        Assert.False(Change(node, ConfigurationChange.Remove(Server(2))).IsCompleted);
    }

    [Fact]
    public void Two_leaders_never_decide_apart_after_each_changed_another_server_the_bug_of_2015()
    {
        // The first leader of servers 0 to 3 adds one, and is cut off with it. The next, which has not heard of that,
        // would remove another, and commit with two of three, while the first one comes back with three of five.
        var cluster = new Cluster(4);
        var first = cluster.AwaitLeader();
        cluster.StartNew(4);
        cluster.Make(ConfigurationChange.AddLearner(Server(4)));
        var others = new[] { 0, 1, 2, 3 }.Where(number => number != first.Id.Value).ToArray();
        cluster.Partition([first.Id.Value, 4], others);
        var added = cluster.Do(() => first.Node.ChangeConfigurationAsync(ConfigurationChange.AddVoter(Server(4))));
        ClusterServer? second = null;
        cluster.Until(() => (second = cluster.Up.FirstOrDefault(server => server != first && server.Role == Role.Leader)) is not null, "there is a second leader");

        // At the moment of its election it has committed nothing of its term.
        var victim = others.First(number => number != second!.Id.Value);
        var removed = cluster.Do(() => second!.Node.ChangeConfigurationAsync(ConfigurationChange.Remove(Server(victim))));
        Assert.Equal(ChangeOutcome.Refused, removed.Now().Outcome);
        Assert.False(added.IsCompleted);
        cluster.Heal();
        cluster.Until(() => added.IsCompleted, "the first leader has given up");
        Assert.Equal(ChangeOutcome.Unknown, added.Now().Outcome);
        cluster.Commit("x");
        cluster.Until(() => cluster.Up.All(server => server.Configuration == second!.Configuration), "all have one configuration");
    }

    [Fact]
    public void A_configuration_that_is_truncated_away_gives_way_to_the_one_before_it()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var change = Change(node, ConfigurationChange.Remove(Server(2)));
        node.Ask(Append(term: 2, prev: (1, 1), entries: [2]));
        Assert.Equal(ChangeOutcome.Unknown, change.Now().Outcome);
        Assert.Equal(Servers(0, 1, 2), node.Node.GetStatus().Configuration.Voters);
    }

    [Fact]
    public void Servers_follow_a_leader_and_vote_for_a_candidate_that_they_do_not_know()
    {
        var cluster = new Cluster(0);
        var stranger = cluster.StartNew(0);
        Assert.True(cluster.Await(() => stranger.Node.HandleAsync(Append(term: 1, entries: [1], leader: 7))).Success);
        cluster.Elapse(2000);
        Assert.Empty(stranger.Candidacies);
        Assert.True(cluster.Await(() => stranger.Node.HandleAsync(Vote(term: 2, candidate: 8, last: (1, 1)))).VoteGranted);
    }

    [Fact]
    public void A_server_that_does_not_lead_refers_to_the_leader()
    {
        var cluster = new Cluster();
        var leader = cluster.AwaitLeader();
        var follower = cluster[cluster.AFollower()];
        var answer = cluster.Await(() => follower.Node.ChangeConfigurationAsync(ConfigurationChange.Remove(leader.Id)));
        Assert.Equal((ChangeOutcome.NotLeader, leader.Id), (answer.Outcome, answer.LeaderHint));
    }

    [Fact]
    public void A_node_that_stops_does_not_know_how_its_change_ends()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var change = Change(node, ConfigurationChange.Remove(Server(2)));
        node.Do(node.Node.Stop);
        Assert.Equal(ChangeOutcome.Unknown, change.Now().Outcome);
    }

    [Fact]
    public void A_late_acknowledgement_of_before_a_removal_does_not_count_after_the_server_was_added_again()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: NodeUnderTest.Plain with { MaxEntriesPerAppend = 2 });
        node.Start();
        var late = node.LastAppend(to: 2);
        CommitWithServer1(node, ConfigurationChange.Remove(Server(2)));
        CommitWithServer1(node, ConfigurationChange.AddLearner(Server(2)));
        late.Reply(Accepted(1));

        // It lacks four entries as far as the leader knows; with the two that it had before it would be near enough.
        Assert.Equal(ChangeOutcome.Refused, Change(node, ConfigurationChange.AddVoter(Server(2))).Now().Outcome);
        node.Elapse(50);
        Assert.Equal(4, node.LastAppend(to: 2).Request.PrevLogIndex.Value);
    }

    [Fact]
    public void A_restart_in_the_middle_of_a_change_goes_by_the_log()
    {
        var cluster = new Cluster();
        var victim = cluster.AFollower();
        cluster.Make(ConfigurationChange.Remove(Server(victim)));
        var left = new[] { 0, 1, 2 }.Where(number => number != victim).ToArray();
        foreach (var number in left)
        {
            cluster.Crash(number);
        }

        foreach (var number in left)
        {
            cluster.Restart(number);
            Assert.Equal(Servers(left), cluster[number].Configuration.Voters);
        }

        cluster.Commit("x");
    }

    [Fact]
    public void All_members_are_replaced_one_by_one_and_nothing_is_lost()
    {
        var cluster = new Cluster();
        cluster.Commit("0");
        for (var number = 3; number < 6; number++)
        {
            cluster.StartNew(number);
            cluster.Make(ConfigurationChange.AddVoter(Server(number)));
            cluster.Make(ConfigurationChange.Remove(Server(number - 3)));
            cluster.Crash(number - 3);
            cluster.Commit($"{number}");
        }

        cluster.Elapse(500);
        Assert.All(new[] { 3, 4, 5 }, number => Assert.Equal(["0", "3", "4", "5"], cluster[number].Commands));
        Assert.Equal(Servers(3, 4, 5), cluster.AwaitLeader().Configuration.Voters);
    }

    private static Task<ChangeResult> Change(NodeUnderTest node, ConfigurationChange change)
    {
        Task<ChangeResult>? result = null;
        node.Do(() => result = node.Node.ChangeConfigurationAsync(change));
        return result!;
    }

    private static void CommitWithServer1(NodeUnderTest node, ConfigurationChange change)
    {
        var result = Change(node, change);
        for (var tries = 0; !result.IsCompleted; tries++)
        {
            Assert.True(tries < 10, "The change was not committed.");
            node.LastAppend(to: 1).Reply(Accepted(1));
        }

        Assert.Equal(ChangeOutcome.Committed, result.Now().Outcome);
    }
}
