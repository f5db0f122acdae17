using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>
/// What a leader keeps for its clients is bounded, also while nothing can be committed or the state machine is slow: beyond
/// the bound it refuses, and says that it does.
/// </summary>
public sealed class Overload
{
    private static readonly RaftOptions Three = NodeUnderTest.Plain with { MaxUncommittedEntries = 3 };

    [Fact]
    public void A_command_beyond_MaxUncommittedEntries_is_refused_and_leaves_no_trace()
    {
        var node = Leader(Three);
        var accepted = Enumerable.Range(0, 3).Select(_ => node.Propose(new byte[1])).ToList();
        var (log, sent, files) = (node.LogTerms, node.Appends.Count, node.Disk.Length);
        var refused = node.Propose(new byte[1]).Now();
        Assert.Equal((ProposeOutcome.Overloaded, 0, Server(0)), (refused.Outcome, refused.Index.Value, refused.LeaderHint));
        Assert.Equal(new StartResult(LogIndex.Zero, new(1), true), node.Start());
        Assert.Equal(log, node.LogTerms);
        Assert.Equal((sent, files), (node.Appends.Count, node.Disk.Length));
        Assert.All(accepted, answer => Assert.False(answer.IsCompleted));
    }

    [Fact]
    public void As_soon_as_one_is_committed_and_applied_another_one_is_let_in()
    {
        var node = Leader(Three);
        for (var index = 2; index <= 4; index++)
        {
            Assert.Equal(index, node.Start().Index.Value);
        }

        Assert.Equal(0, node.Start().Index.Value);
        node.AppendsTo(1)[0].Reply(Accepted(1));
        Assert.Equal(5, node.Start().Index.Value);
        Assert.Equal(0, node.Start().Index.Value);
    }

    [Fact]
    public void A_slow_state_machine_makes_a_leader_refuse_too_though_everything_is_committed()
    {
        var slow = new TaskCompletionSource();
        var node = Leader(Three);
        node.Machine.Apply = _ => slow.Task;
        for (var commands = 0; commands < 3; commands++)
        {
            node.Start();
            node.AcceptFrom(1);
        }

        Assert.Equal(4, node.CommitIndex);
        Assert.Equal(0, node.Start().Index.Value);
        node.Do(slow.SetResult);
        Assert.Equal(5, node.Start().Index.Value);
    }

    [Fact]
    public void Commands_of_more_than_MaxUncommittedBytes_are_refused_but_one_is_always_let_in()
    {
        var node = Leader(NodeUnderTest.Plain with { MaxUncommittedBytes = 10 });
        Assert.Equal(2, Start(node, 1000));
        Assert.Equal(0, Start(node, 1));
        node.AcceptFrom(1);
        Assert.Equal(3, Start(node, 6));
        Assert.Equal(0, Start(node, 5));
        Assert.Equal(4, Start(node, 4));
        Assert.Equal(5, Start(node, 0));
        node.AcceptFrom(1);
        Assert.Equal(6, Start(node, 10));
    }

    [Fact]
    public void A_new_leader_counts_what_the_log_of_the_old_one_has_uncommitted()
    {
        // Three entries of two bytes each, of which one is committed.
        var node = new NodeUnderTest(options: NodeUnderTest.Plain with { MaxUncommittedBytes = 6 });
        node.Ask(Append(term: 1, entries: [1, 1, 1], commit: 1));
        node.BecomeLeader();
        Assert.Equal(0, Start(node, 3));
        Assert.Equal(5, Start(node, 2));
        Assert.Equal(0, Start(node, 1));
    }

    [Fact]
    public void What_was_truncated_away_does_not_count_in_the_next_leadership()
    {
        var node = Leader(NodeUnderTest.Plain with { MaxUncommittedBytes = 10 });
        Assert.Equal(2, Start(node, 10));
        node.Ask(Append(term: 2, prev: (1, 1), entries: [2], commit: 2, leader: 2));
        node.BecomeLeader();
        Assert.Equal(4, Start(node, 10));
    }

    [Fact]
    public void The_first_entry_of_a_leadership_is_never_refused()
    {
        var node = new NodeUnderTest(options: NodeUnderTest.Plain with { MaxUncommittedEntries = 1, MaxUncommittedBytes = 1 });
        node.Ask(Append(term: 1, entries: [1, 1, 1]));
        node.BecomeLeader();
        Assert.Equal([1, 1, 1, 2], node.LogTerms);
        Assert.Equal(0, node.Start().Index.Value);
        node.AcceptFrom(1);
        Assert.Equal(5, node.Start().Index.Value);
    }

    [Fact]
    public void A_registration_is_refused_like_a_command()
    {
        var node = Leader(NodeUnderTest.Plain with { MaxUncommittedEntries = 1 });
        node.Start();
        Assert.Equal(ProposeOutcome.Overloaded, node.Do(() => node.Node.RegisterClientAsync()).Now().Outcome);
    }

    [Fact]
    public void A_follower_takes_whatever_its_leader_sends_because_that_is_bounded_there()
    {
        var node = new NodeUnderTest(options: Three);
        Assert.True(node.Ask(Append(term: 1, entries: [1, 1, 1, 1, 1, 1])).Success);
        Assert.Equal(ProposeOutcome.NotLeader, node.Propose(new byte[1]).Now().Outcome);
    }

    private static NodeUnderTest Leader(RaftOptions options) => NodeUnderTest.Established(term: 1, log: [], options: options);

    private static long Start(NodeUnderTest node, int bytes) => node.Do(() => node.Node.Start(new byte[bytes])).Index.Value;
}
