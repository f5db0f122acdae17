using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>Row 3: the election loop sleeps a small constant and compares; it sets no timer for the timeout.</summary>
public sealed class Row3_ElectionTimeout
{
    [Fact]
    public void The_loop_sleeps_the_constant_and_nothing_else()
    {
        var node = new NodeUnderTest(options: NodeUnderTest.Plain with { ElectionCheckInterval = TimeSpan.FromMilliseconds(7) });
        node.Elapse(1000);
        Assert.True(node.Term > 1);
        Assert.Equal(1 + (1000 / 7), node.Clock.Delays.Count);
        Assert.All(node.Clock.Delays, delay => Assert.Equal(TimeSpan.FromMilliseconds(7), delay));
    }

    [Fact]
    public void A_word_of_the_leader_moves_the_deadline_without_a_new_sleep()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Elapse(105);
        var sleeps = node.Clock.Delays.Count;
        node.Ask(Append(term: 1));
        Assert.Equal(sleeps, node.Clock.Delays.Count);

        // Heard at 105 ms, timeout 150 ms: the first look at or after 255 ms is the one at 260 ms.
        node.Elapse(154);
        Assert.Equal(Role.Follower, node.Role);
        node.Elapse(1);
        Assert.Equal(Role.Candidate, node.Role);
    }

    [Fact]
    public void A_new_timeout_is_drawn_whenever_it_is_restarted()
    {
        var node = NodeUnderTest.Follower(term: 1);
        node.Randomness.Drawn = TimeSpan.FromMilliseconds(300);
        node.Ask(Append(term: 1));
        node.Elapse(299);
        Assert.Equal(Role.Follower, node.Role);
        node.Elapse(1);
        Assert.Equal(Role.Candidate, node.Role);
    }
}
