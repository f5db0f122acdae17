using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.ClusterMembership;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §4.3: arbitrary changes by joint consensus.</summary>
public sealed class Chapter4_3_JointConsensus
{
    [Fact]
    public void Decisions_need_a_majority_of_each_configuration()
    {
        var node = Entering(autoLeave: true, out var change);
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal(1, node.CommitIndex);
        AcceptAll(node, 3);
        Assert.Equal(1, node.CommitIndex);
        AcceptAll(node, 4);
        Assert.Equal(2, node.CommitIndex);
        Assert.False(change.IsCompleted);
    }

    [Fact]
    public void The_leader_appends_C_new_once_C_old_new_is_committed_and_the_change_ends_with_that()
    {
        var node = Entering(autoLeave: true, out var change);
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Elapse(50);
        AcceptAll(node, 3);
        AcceptAll(node, 4);
        Assert.Equal(ClusterConfiguration.Of(Servers(3, 4, 5)), node.Node.GetStatus().Configuration);
        Assert.False(change.IsCompleted);
        node.Elapse(50);
        AcceptAll(node, 3);
        AcceptAll(node, 4);
        Assert.Equal(ChangeOutcome.Committed, change.Now().Outcome);
    }

    [Fact]
    public void All_servers_are_replaced_at_once_and_the_old_leader_steps_down()
    {
        var cluster = new Cluster();
        cluster.Commit("a");
        var old = cluster.AwaitLeader();
        foreach (var number in new[] { 3, 4, 5 })
        {
            cluster.StartNew(number);
            cluster.Make(ConfigurationChange.AddLearner(Server(number)));
        }

        cluster.Make(ConfigurationChange.Replace(Servers(3, 4, 5), Servers(0)));
        cluster.Until(() => old.Role == Role.Follower, "the old leader has stepped down");
        cluster.Crash(1);
        cluster.Crash(2);
        cluster.Commit("b");
        Assert.Equal(ClusterConfiguration.Of(Servers(3, 4, 5), Servers(0)), cluster.AwaitLeader().Configuration);
        cluster.Until(() => cluster[0].Commands.Length == 2, "the old voter goes on as a learner");
    }

    [Fact]
    public void A_new_leader_leaves_the_joint_consensus_that_an_earlier_one_entered()
    {
        // The old leader reaches all with C_old,new, and nobody with C_new.
        var cluster = new Cluster();
        var old = cluster.AwaitLeader();
        foreach (var number in new[] { 3, 4 })
        {
            cluster.StartNew(number);
            cluster.Make(ConfigurationChange.AddLearner(Server(number)));
        }

        var joint = false;
        cluster.Network.Loses = (from, _, _) => from == old.Id && joint && !old.Configuration.IsJoint;
        var change = cluster.Do(() => old.Node.ChangeConfigurationAsync(ConfigurationChange.Replace(Servers(old.Id.Value, 3, 4))));
        joint = old.Configuration.IsJoint;
        Assert.True(joint);
        cluster.Until(() => !old.Configuration.IsJoint, "the joint configuration is committed");
        cluster.Crash(old.Id.Value);
        Assert.Equal(ChangeOutcome.Unknown, change.Now().Outcome);
        cluster.Until(() => cluster.Leader is { } leader && leader.Configuration == ClusterConfiguration.Of(Servers(old.Id.Value, 3, 4)), "another leader has left the joint consensus");
        cluster.Commit("a");
    }

    [Fact]
    public void Without_auto_leave_it_lasts_until_it_is_left_and_no_other_change_is_possible()
    {
        var cluster = new Cluster();
        cluster.StartNew(3);
        cluster.Make(ConfigurationChange.AddLearner(Server(3)));
        cluster.Make(ConfigurationChange.Replace(Servers(0, 1, 2, 3), autoLeave: false));
        cluster.Elapse(1000);
        Assert.True(cluster.AwaitLeader().Configuration.IsJoint);
        Assert.Equal(ChangeOutcome.Refused, cluster.Change(ConfigurationChange.Remove(Server(3))).Outcome);
        Assert.Equal(ChangeOutcome.Refused, cluster.Change(ConfigurationChange.AddVoter(Server(9))).Outcome);
        cluster.Make(ConfigurationChange.LeaveJoint());
        Assert.Equal(ClusterConfiguration.Of(Servers(0, 1, 2, 3)), cluster.AwaitLeader().Configuration);
    }

    [Fact]
    public void A_change_of_one_voter_needs_no_joint_consensus()
    {
        var cluster = new Cluster();
        var leader = cluster.AwaitLeader();
        var left = Servers([.. new[] { 0, 1, 2 }.Where(number => number != cluster.AFollower())]);
        cluster.Make(ConfigurationChange.Replace(left));
        Assert.Equal([ClusterConfiguration.Of(left)], leader.Configurations);
    }

    [Fact]
    public void A_restart_in_a_joint_consensus_is_still_in_it()
    {
        var cluster = new Cluster();
        cluster.Make(ConfigurationChange.Replace(Servers(0, 1), autoLeave: false));
        var joint = cluster.AwaitLeader().Configuration;
        cluster.Elapse(100);
        foreach (var number in new[] { 0, 1, 2 })
        {
            cluster.Crash(number);
            cluster.Restart(number);
            Assert.Equal(joint, cluster[number].Configuration);
        }

        cluster.Make(ConfigurationChange.LeaveJoint());
    }

    /// <summary>A leader of servers 0 to 2 that has begun to replace them all by servers 3 to 5.</summary>
    private static NodeUnderTest Entering(bool autoLeave, out Task<ChangeResult> change)
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        Task<ChangeResult>? begun = null;
        node.Do(() => begun = node.Node.ChangeConfigurationAsync(ConfigurationChange.Replace(Servers(3, 4, 5), autoLeave: autoLeave)));
        change = begun!;
        return node;
    }

    /// <summary>A new server has no entries; then it takes what it is sent.</summary>
    private static void AcceptAll(NodeUnderTest node, int server)
    {
        var call = node.LastAppend(to: server);
        if (call.Request.PrevLogIndex.Value > 0 && call.Request.Entries.Count == 0)
        {
            call.Reply(Rejected(1, TooShort(nextIndex: 1)));
            call = node.LastAppend(to: server);
        }

        call.Reply(Accepted(1));
    }
}
