using FsCheck;
using FsCheck.Xunit;
using RaftCheck.Raft.Rules;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class LeaderContactProperties
{
    [Property]
    public bool A_leader_counts_for_less_than_the_minimum_timeout_after_it_was_heard(byte heardAt, byte since, byte timeout) =>
        LeaderContact.IsRecent(Ms(heardAt), Ms(heardAt + since), Ms(timeout)) == (since < timeout);

    [Property]
    public bool A_leader_that_was_never_heard_does_not_count(byte now, byte timeout) =>
        !LeaderContact.IsRecent(null, Ms(now), Ms(timeout));

    [Property]
    public bool There_is_a_quorum_if_and_only_if_more_than_half_were_heard_in_time(NonEmptyArray<byte> contacts, byte within)
    {
        var inTime = contacts.Get.Count(ago => ago < within);
        return HasQuorum(ClusterConfiguration.Of(Enumerable.Range(0, contacts.Get.Length).Select(Server)), contacts.Get, within) == (inTime * 2 > contacts.Get.Length);
    }

    [Property]
    public void In_a_joint_consensus_there_is_one_only_if_each_configuration_alone_has_one(NonEmptyArray<byte> contacts, PositiveInt voters, PositiveInt oldVoters, byte within)
    {
        var (newOnes, oldOnes) = (Some(voters, contacts), Some(oldVoters, contacts));
        var joint = ClusterConfiguration.Joint(newOnes, oldOnes, [], [], autoLeave: false);
        var expected = HasQuorum(ClusterConfiguration.Of(newOnes), contacts.Get, within) && HasQuorum(ClusterConfiguration.Of(oldOnes), contacts.Get, within);
        Assert.Equal(expected, HasQuorum(joint, contacts.Get, within));
    }

    [Property]
    public void Learners_do_not_count(NonEmptyArray<byte> contacts, byte within)
    {
        var all = Enumerable.Range(0, contacts.Get.Length).Select(Server).ToList();
        var voters = all.Take((all.Count / 2) + 1).ToList();
        Assert.Equal(
            HasQuorum(ClusterConfiguration.Of(voters), contacts.Get, within),
            HasQuorum(ClusterConfiguration.Of(voters, all.Except(voters)), contacts.Get, within));
    }

    [Property]
    public bool To_hear_from_one_more_never_harms(NonEmptyArray<byte> contacts, byte heard, byte within)
    {
        var configuration = ClusterConfiguration.Of(Enumerable.Range(0, contacts.Get.Length).Select(Server));
        var better = contacts.Get.ToArray();
        better[heard % better.Length] = 0;
        return !HasQuorum(configuration, contacts.Get, within) || HasQuorum(configuration, better, within);
    }

    /// <param name="configuration">The configuration.</param>
    /// <param name="contacts">How long ago each server was heard, in ms.</param>
    /// <param name="within">The time, in ms.</param>
    private static bool HasQuorum(ClusterConfiguration configuration, byte[] contacts, byte within) =>
        LeaderContact.HasQuorum(configuration, server => Ms(1000 - contacts[server.Value]), Ms(1000), Ms(within));

    /// <summary>Some of the servers, at least one; each bit stands for one.</summary>
    private static List<NodeId> Some(PositiveInt bits, NonEmptyArray<byte> contacts)
    {
        var count = Math.Min(contacts.Get.Length, 5);
        var some = Enumerable.Range(0, count).Where(number => (bits.Get >> number & 1) == 1).Select(Server).ToList();
        return some.Count == 0 ? [Server(0)] : some;
    }

    private static TimeSpan Ms(int value) => TimeSpan.FromMilliseconds(value);
}
