using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft.Tests.Rules;

/// <summary>Dissertation, §4.2.1; the election timeout is 150 ms here, and there are three rounds.</summary>
public sealed class CatchUpRuleTests
{
    [Theory]
    [InlineData(1, 149, CatchUpDecision.Promote)]
    [InlineData(3, 149, CatchUpDecision.Promote)]
    [InlineData(1, 150, CatchUpDecision.NextRound)]
    [InlineData(3, 150, CatchUpDecision.GiveUp)]
    public void A_round_that_took_less_than_an_election_timeout_is_the_last_and_so_is_the_last_one_allowed(int round, int tookMs, CatchUpDecision decision) =>
        Assert.Equal(decision, CatchUpRule.AfterRound(round, TimeSpan.FromMilliseconds(tookMs), 3, TimeSpan.FromMilliseconds(150)));

    [Theory]
    [InlineData(90, 0, false)]
    [InlineData(89, 0, true)]
    [InlineData(100, 600, false)]
    [InlineData(100, 601, true)]
    public void A_learner_is_too_far_behind_with_more_than_a_request_to_receive_or_without_an_answer(int matchIndex, int silentMs, bool tooFar) =>
        Assert.Equal(tooFar, CatchUpRule.IsTooFarBehind(new(matchIndex), new(100), 10, TimeSpan.FromMilliseconds(silentMs), TimeSpan.FromMilliseconds(300)));
}
