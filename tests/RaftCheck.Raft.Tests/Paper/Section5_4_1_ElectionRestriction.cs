using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>§5.4.1: who is missing a committed entry can't be elected.</summary>
public sealed class Section5_4_1_ElectionRestriction
{
    [Theory]
    [InlineData(3, 2, true)] // the same log
    [InlineData(4, 2, true)] // the same last term, longer
    [InlineData(2, 2, false)] // the same last term, shorter
    [InlineData(1, 3, true)] // a later last term, though shorter
    [InlineData(9, 1, false)] // an earlier last term, though longer
    [InlineData(0, 0, false)] // an empty log
    public void The_later_last_term_is_more_up_to_date_and_with_equal_ones_the_longer_log(long lastIndex, long lastTerm, bool granted)
    {
        var voter = NodeUnderTest.Follower(2, 1, 2, 2);
        Assert.Equal(granted, voter.Ask(Vote(term: 4, last: (lastIndex, lastTerm))).VoteGranted);
    }
}
