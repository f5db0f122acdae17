using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>Row 2: heartbeats and election timeout are two long-running loops, started once, ended at shutdown.</summary>
public sealed class Row2_TwoLoops
{
    private static readonly string[] Loops = ["applier", "election timeout", "heartbeats"];

    [Fact]
    public void Each_loop_is_started_once_however_often_the_role_changes()
    {
        var node = new NodeUnderTest();
        for (var leaderships = 0; leaderships < 3; leaderships++)
        {
            node.BecomeLeader();
            node.Ask(Append(node.Term + 1));
        }

        Assert.Equal(Loops, node.Tasks.Started.Where(Loops.Contains).Order());
        Assert.DoesNotContain(node.Tasks.Ended, Loops.Contains);
    }

    [Fact]
    public void The_heartbeats_are_not_doubled_by_a_second_leadership_within_one_interval()
    {
        var node = new NodeUnderTest(options: NodeUnderTest.Plain with { HeartbeatInterval = TimeSpan.FromMilliseconds(140) });
        node.BecomeLeader();
        node.Ask(Append(term: 2));
        node.BecomeLeader();
        node.Appends.Clear();
        node.Elapse(1400);
        Assert.Equal(2 * 10, node.Appends.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_loops_end_at_shutdown(bool asLeader)
    {
        var node = new NodeUnderTest();
        if (asLeader)
        {
            node.BecomeLeader();
        }

        node.Do(node.Node.Stop);
        node.Elapse(100);
        Assert.Equal(Loops, node.Tasks.Ended.Where(Loops.Contains).Order());
    }
}
