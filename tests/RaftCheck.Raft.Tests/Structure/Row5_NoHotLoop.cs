using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>Row 5, its other side: a peer that fails at once, or refuses at once, is not called again at once.</summary>
public sealed class Row5_NoHotLoop
{
    private static readonly AppendEntriesReply[] Refusals = [Rejected(1), Rejected(1, TooShort(nextIndex: 1)), Rejected(1, TooShort(nextIndex: 2)), Rejected(1, TooShort(nextIndex: 99)), Rejected(0)];

    [Fact]
    public void A_transport_that_fails_at_once_is_called_once_for_each_heartbeat_while_the_leader_probes()
    {
        var node = new NodeUnderTest { AnswerAtOnce = _ => null };
        node.BecomeLeader();
        StartSome(node);
        Assert.Single(node.AppendsTo(1));
        node.Elapse(500);
        Assert.Equal(1 + 10, node.AppendsTo(1).Count);
    }

    [Fact]
    public void A_transport_that_fails_at_once_is_called_once_more_and_then_once_for_each_heartbeat_when_the_leader_replicates()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.AnswerAtOnce = _ => null;
        StartSome(node);
        Assert.Single(node.AppendsTo(1));
        node.Elapse(500);
        Assert.Equal(1 + 10, node.AppendsTo(1).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_server_that_has_confirmed_entries_and_now_refuses_all_is_called_a_few_times_for_each_heartbeat(int refusal)
    {
        // Even one that has lost its disk, which no server may: the leader must not break with it.
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.AnswerAtOnce = _ => Refusals[refusal];
        StartSome(node);
        node.Elapse(500);
        Assert.InRange(node.AppendsTo(1).Count, 10, 3 * (1 + 10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_server_that_has_confirmed_nothing_and_refuses_all_is_called_a_few_times_for_each_heartbeat(int refusal)
    {
        var node = new NodeUnderTest { AnswerAtOnce = _ => Refusals[refusal] };
        node.BecomeLeader();
        StartSome(node);
        node.Elapse(500);
        Assert.InRange(node.AppendsTo(1).Count, 10, 3 * (1 + 10));
    }

    private static void StartSome(NodeUnderTest node)
    {
        for (var commands = 0; commands < 20; commands++)
        {
            node.Start();
        }
    }
}
