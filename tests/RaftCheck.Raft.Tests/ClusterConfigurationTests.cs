using FsCheck.Xunit;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests;

public sealed class ClusterConfigurationTests
{
    private static readonly ClusterConfiguration Full = ClusterConfiguration.Joint(Servers(1, 2, 3), Servers(0, 1, 4), Servers(5, 6), Servers(0, 4), autoLeave: true);

    [Property]
    public void What_was_encoded_is_decoded_again(byte[] voters, byte[] oldVoters, byte[] learners, byte[] nextLearners, bool autoLeave)
    {
        var configuration = Some(voters, oldVoters, learners, nextLearners, autoLeave);
        var decoded = ClusterConfiguration.Decode(configuration.Encode().Span);
        Assert.Equal(configuration, decoded);
        Assert.Equal(configuration.GetHashCode(), decoded.GetHashCode());
        Assert.Equal(configuration.ToString(), decoded.ToString());
        Assert.Equal(configuration.Encode().ToArray(), decoded.Encode().ToArray());
    }

    [Property]
    public void Two_configurations_are_equal_if_and_only_if_their_bytes_are(byte[] voters, byte[] others, byte[] learners, bool autoLeave)
    {
        var one = Some([.. voters.Select(Few)], [.. others.Select(Few)], [.. learners.Select(Few)], [.. others.Select(Few)], autoLeave);
        var other = Some([.. others.Select(Few)], [.. voters.Select(Few)], [.. learners.Select(Few)], [.. voters.Select(Few)], autoLeave);
        Assert.Equal(one.Encode().Span.SequenceEqual(other.Encode().Span), one == other);
        Assert.Equal(one == other, one.ToString() == other.ToString());
    }

    [Property]
    public void The_order_in_which_servers_are_named_and_how_often_makes_no_difference(byte[] voters, byte[] learners)
    {
        var one = Some(voters, [], learners, [], false);
        var other = Some([.. voters.Reverse().Concat(voters)], [], [.. learners.Reverse().Concat(learners)], [], false);
        Assert.Equal(one, other);
        Assert.Equal(one.Voters.OrderBy(v => v.Value).Distinct(), one.Voters);
    }

    [Property]
    public void Each_member_is_a_voter_or_a_learner_and_never_both(byte[] voters, byte[] oldVoters, byte[] learners, byte[] nextLearners)
    {
        var configuration = Some(voters, oldVoters, learners, nextLearners, false);
        var all = Enumerable.Range(0, 257).Select(Server).ToList();
        Assert.Equal(all.Where(configuration.IsMember), configuration.Members());
        Assert.All(all, server => Assert.Equal(configuration.IsMember(server), configuration.IsVoter(server) ^ configuration.IsLearner(server)));
    }

    [Fact]
    public void A_joint_configuration_asks_the_voters_of_both()
    {
        Assert.True(Full.IsJoint);
        Assert.Equal(Servers(0, 1, 2, 3, 4), Full.Members().Where(Full.IsVoter));
        Assert.Equal("(n1 n2 n3)&&(n0 n1 n4) learners=(n5 n6) next-learners=(n0 n4) auto-leave", Full.ToString());
        Assert.False(ClusterConfiguration.Of(Servers(1)).IsJoint);
    }

    [Fact]
    public void The_empty_one_has_no_members()
    {
        Assert.Empty(ClusterConfiguration.Empty.Members());
        Assert.Equal(ClusterConfiguration.Empty, ClusterConfiguration.Of([]));
        Assert.Equal(ClusterConfiguration.Empty, ClusterConfiguration.Decode(ClusterConfiguration.Empty.Encode().Span));
    }

    [Fact]
    public void A_learner_is_no_voter_of_either_configuration()
    {
        Assert.Throws<ArgumentException>(() => ClusterConfiguration.Of(Servers(0, 1), Servers(1)));
        Assert.Throws<ArgumentException>(() => ClusterConfiguration.Joint(Servers(0), Servers(1), Servers(1), [], false));
    }

    [Fact]
    public void Who_becomes_a_learner_when_the_joint_consensus_ends_is_an_old_voter_and_no_new_one()
    {
        Assert.Throws<ArgumentException>(() => ClusterConfiguration.Joint(Servers(0), Servers(0, 1), [], Servers(2), false));
        Assert.Throws<ArgumentException>(() => ClusterConfiguration.Joint(Servers(0), Servers(0, 1), [], Servers(0), false));
        Assert.Throws<ArgumentException>(() => ClusterConfiguration.Joint(Servers(0), [], [], Servers(0), false));
    }

    [Fact]
    public void What_is_not_joint_is_not_left() =>
        Assert.Throws<ArgumentException>(() => ClusterConfiguration.Joint(Servers(0), [], [], [], autoLeave: true));

    [Fact]
    public void Bytes_that_end_early_or_go_on_are_refused()
    {
        var bytes = Full.Encode().ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => ClusterConfiguration.Decode(bytes.AsSpan(0, length)));
        }

        Assert.Throws<FormatException>(() => ClusterConfiguration.Decode([.. bytes, 0]));
    }

    [Fact]
    public void Bytes_of_another_format_version_are_refused()
    {
        var bytes = Full.Encode().ToArray();
        bytes[0]++;
        Assert.Throws<FormatException>(() => ClusterConfiguration.Decode(bytes));
    }

    [Property(MaxTest = 1000)]
    public void Bytes_that_were_changed_are_refused_as_such_or_are_another_configuration(byte at, byte value)
    {
        var bytes = Full.Encode().ToArray();
        bytes[at % bytes.Length] = value;
        try
        {
            Assert.True(ClusterConfiguration.Decode(bytes) == Full == bytes.AsSpan().SequenceEqual(Full.Encode().Span));
        }
        catch (FormatException)
        {
        }
    }

    /// <summary>A valid configuration that is made of any bytes: whoever is named in two roles has the first of them.</summary>
    private static ClusterConfiguration Some(byte[] voters, byte[] oldVoters, byte[] learners, byte[] nextLearners, bool autoLeave) =>
        ClusterConfiguration.Joint(
            voters.Select(v => Server(v)),
            oldVoters.Select(v => Server(v)),
            learners.Except(voters).Except(oldVoters).Select(v => Server(v)),
            nextLearners.Intersect(oldVoters).Except(voters).Select(v => Server(v)),
            autoLeave && oldVoters.Length > 0);

    private static byte Few(byte server) => (byte)(server % 3);

    private static NodeId[] Servers(params int[] numbers) => [.. numbers.Select(Server)];
}
