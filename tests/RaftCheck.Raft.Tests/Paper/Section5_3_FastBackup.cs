using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>§5.3, "the protocol can be optimized": a leader skips a whole term in one round. Cases as in MIT 6.824.</summary>
public sealed class Section5_3_FastBackup
{
    [Fact]
    public void Case_1_the_leader_lacks_the_conflicting_term_and_skips_all_of_it()
    {
        // Follower 4 5 5, leader 4 6 6 and, like every leader, a first entry of its own term.
        var follower = NodeUnderTest.Follower(5, 4, 5, 5);
        var leader = NodeUnderTest.Leader(term: 7, log: [4, 6, 6]);
        Assert.Equal((1, "4 6 6 7"), Converge(leader, follower));
    }

    [Fact]
    public void Case_2_the_leader_has_the_conflicting_term_and_goes_to_its_own_last_entry_of_it()
    {
        // Follower 4 4 4, leader 4 6 6 7: both have term 4, so the first 4 need not be sent again.
        var follower = NodeUnderTest.Follower(4, 4, 4, 4);
        var leader = NodeUnderTest.Leader(term: 7, log: [4, 6, 6]);
        Assert.Equal((1, "4 6 6 7"), Converge(leader, follower));
        Assert.Equal(1, leader.LastAppend(to: 1).Request.PrevLogIndex.Value);
    }

    [Fact]
    public void Case_3_the_followers_log_is_too_short()
    {
        var follower = NodeUnderTest.Follower(4, 4);
        var leader = NodeUnderTest.Leader(term: 7, log: [4, 6, 6]);
        Assert.Equal((1, "4 6 6 7"), Converge(leader, follower));
    }

    [Fact]
    public void Figure_7_every_follower_converges_in_fewer_rounds_than_it_has_terms()
    {
        long[] leaderLog = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6];
        long[][] followers =
        [
            [1, 1, 1, 4, 4, 5, 5, 6, 6],
            [1, 1, 1, 4],
            [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
            [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
            [1, 1, 1, 4, 4, 4, 4],
            [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
        ];
        foreach (var log in followers)
        {
            var leader = NodeUnderTest.Leader(term: 8, leaderLog);
            var (rejections, terms) = Converge(leader, NodeUnderTest.Follower(7, log));
            Assert.Equal("1 1 1 4 4 5 5 6 6 6 8", terms);
            Assert.InRange(rejections, 0, log.Distinct().Count());
        }
    }

    /// <summary>Carries the leader's latest AppendEntries to the follower, and the reply back, until one is accepted.</summary>
    private static (int Rejections, string FollowerLog) Converge(NodeUnderTest leader, NodeUnderTest follower)
    {
        for (var rejections = 0; ; rejections++)
        {
            Assert.True(rejections < 20, "The logs do not converge.");
            var call = leader.LastAppend(to: 1);
            var reply = follower.Ask(call.Request);
            call.Reply(reply);
            if (reply.Success)
            {
                return (rejections, string.Join(' ', follower.LogTerms));
            }
        }
    }
}
