using FsCheck;
using FsCheck.Xunit;
using RaftCheck.Raft.Rules;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class LeaseRuleProperties
{
    private const double Timeout = 100;

    /// <summary>
    /// What the lease is for. Each voter received the leader's request some time after it was sent, and refuses others until
    /// its own clock, which may be faster than the leader's by the bound, has measured the timeout. Another leader needs a
    /// majority of those who no longer refuse: so by then the lease is over.
    /// </summary>
    [Property]
    public void The_lease_is_over_before_a_majority_can_vote_for_another(NonEmptyArray<(byte SentAt, byte Delay, byte Speed)> voters, byte drift)
    {
        var bound = drift % 50 / 100d;
        var answers = voters.Get;
        var end = End(answers.Length, voter => Ms(answers[voter].SentAt), bound);
        var mayVoteAt = answers
            .Select(answer => answer.SentAt + (answer.Delay % 20) + (Timeout * (1 - (bound * answer.Speed / 255d))))
            .Order()
            .ElementAt(Quorum.Size(answers.Length) - 1);
        Assert.True(end!.Value.TotalMilliseconds <= mayVoteAt + 0.001, $"The lease ends at {end}, and another can be elected at {mayVoteAt} ms.");
    }

    [Property]
    public void The_lease_counts_from_the_latest_moment_since_which_a_quorum_has_answered(NonEmptyArray<byte?> sentAt)
    {
        var all = sentAt.Get;
        var quorumSentAt = all.Where(sent => all.Count(other => other >= sent) * 2 > all.Length).Max();
        Assert.Equal(quorumSentAt is { } sent ? Ms(sent + Timeout) : null, End(all.Length, voter => all[voter] is { } at ? Ms(at) : null, 0));
    }

    [Property]
    public bool A_worse_clock_never_lengthens_the_lease(NonEmptyArray<byte> sentAt, byte drift, byte worse)
    {
        var (bound, worseBound) = (drift / 256d / 2, (drift + (double)worse) / 512);
        return End(sentAt.Get.Length, voter => Ms(sentAt.Get[voter]), worseBound) <= End(sentAt.Get.Length, voter => Ms(sentAt.Get[voter]), bound);
    }

    [Property]
    public void In_a_joint_consensus_the_lease_ends_with_the_earlier_of_both(NonEmptyArray<byte?> sentAt, PositiveInt split)
    {
        var all = Enumerable.Range(0, sentAt.Get.Length).Select(Server).ToList();
        var newOnes = all.Take(1 + (split.Get % all.Count)).ToList();
        var joint = ClusterConfiguration.Joint(newOnes, all, [], [], autoLeave: false);
        var ends = new[] { ClusterConfiguration.Of(newOnes), ClusterConfiguration.Of(all) }.Select(each => End(each, sentAt.Get)).ToList();
        Assert.Equal(ends.Contains(null) ? null : ends.Min(), End(joint, sentAt.Get));
    }

    [Fact]
    public void Without_voters_there_is_no_lease() => Assert.Null(End(0, _ => Ms(0), 0));

    private static TimeSpan? End(ClusterConfiguration configuration, byte?[] sentAt) =>
        LeaseRule.End(configuration, voter => sentAt[voter.Value] is { } at ? Ms(at) : null, Ms(Timeout), 0);

    private static TimeSpan? End(int voters, Func<int, TimeSpan?> sentAt, double drift) =>
        LeaseRule.End(ClusterConfiguration.Of(Enumerable.Range(0, voters).Select(Server)), voter => sentAt(voter.Value), Ms(Timeout), drift);

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
