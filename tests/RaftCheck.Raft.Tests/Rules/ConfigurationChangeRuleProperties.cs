using FsCheck;
using FsCheck.Xunit;
using RaftCheck.Raft.Rules;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Rules;

/// <summary>Configurations of up to six servers, one bit for each.</summary>
public sealed class ConfigurationChangeRuleProperties
{
    private const int Servers = 6;

    [Property]
    public void Quorums_of_consecutive_configurations_overlap(byte voters, byte learners, byte kind, byte server, byte newVoters, byte newLearners, bool autoLeave)
    {
        var current = Configuration(voters, learners);
        if (ConfigurationChangeRule.Decide(current, Change(kind, server, newVoters, newLearners, autoLeave)).Next is not { } next)
        {
            return;
        }

        AssertOverlap(current, next);
        if (next.IsJoint)
        {
            AssertOverlap(next, ConfigurationChangeRule.LeaveJoint(next));
        }
    }

    [Property]
    public void Entering_and_leaving_a_joint_consensus_reaches_exactly_the_target(byte voters, byte learners, byte newVoters, byte newLearners, bool autoLeave)
    {
        var current = Configuration(voters, learners);
        var target = Configuration(newVoters, newLearners);
        var joint = ConfigurationChangeRule.EnterJoint(current, target, autoLeave);
        Assert.Equal(current.Voters, joint.OldVoters);
        Assert.Equal(target, ConfigurationChangeRule.LeaveJoint(joint));
    }

    [Property]
    public void What_is_decided_is_a_change_or_a_reason_and_never_a_cluster_without_voters(byte voters, byte learners, byte kind, byte server, byte newVoters, byte newLearners, bool autoLeave)
    {
        var current = Configuration(voters, learners);
        var (next, refusal) = ConfigurationChangeRule.Decide(current, Change(kind, server, newVoters, newLearners, autoLeave));
        Assert.True(next is null != refusal is null);
        Assert.True(next is null || (next != current && next.Voters.Count > 0));
    }

    [Property]
    public void No_change_but_leaving_is_possible_in_a_joint_consensus(byte voters, byte learners, byte kind, byte server, byte newVoters, byte newLearners)
    {
        var joint = ConfigurationChangeRule.EnterJoint(Configuration(voters, learners), Configuration(newVoters, newLearners), autoLeave: false);
        var change = Change(kind, server, newVoters, newLearners, autoLeave: true);
        Assert.Equal(change.Kind == ConfigurationChangeKind.LeaveJoint, ConfigurationChangeRule.Decide(joint, change).Next is not null);
    }

    private static void AssertOverlap(ClusterConfiguration one, ClusterConfiguration other)
    {
        for (var set = 0; set < 1 << Servers; set++)
        {
            Assert.False(
                Quorum.IsQuorum(one, server => (set >> server.Value & 1) == 1) && Quorum.IsQuorum(other, server => (set >> server.Value & 1) == 0),
                $"A quorum of {one} and one of {other} share nobody.");
        }
    }

    private static ConfigurationChange Change(byte kind, byte server, byte voters, byte learners, bool autoLeave) => (kind % 6) switch
    {
        0 => ConfigurationChange.AddLearner(Server(server % Servers)),
        1 => ConfigurationChange.AddVoter(Server(server % Servers)),
        2 => ConfigurationChange.DemoteVoter(Server(server % Servers)),
        3 => ConfigurationChange.Remove(Server(server % Servers)),
        4 => ConfigurationChange.Replace(Bits(voters), Bits(learners), autoLeave),
        _ => ConfigurationChange.LeaveJoint(),
    };

    private static ClusterConfiguration Configuration(byte voters, byte learners)
    {
        var voting = Bits(voters).DefaultIfEmpty(Server(0)).ToList();
        return ClusterConfiguration.Of(voting, Bits(learners).Except(voting));
    }

    private static IEnumerable<NodeId> Bits(byte set) => Enumerable.Range(0, Servers).Where(number => (set >> number & 1) == 1).Select(Server);
}
