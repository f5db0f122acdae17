using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>Row 4: one applier delivers committed entries in log order, outside the lock; whoever commits wakes it.</summary>
public sealed class Row4_Applier
{
    [Fact]
    public void It_is_woken_by_the_commit_and_does_not_poll()
    {
        var node = new NodeUnderTest();
        node.Ask(Append(term: 1, entries: [1], commit: 1));
        Assert.Equal([1], node.Applied);
    }

    [Fact]
    public void A_slow_state_machine_stops_neither_replication_nor_commits_nor_heartbeats()
    {
        var slow = new TaskCompletionSource();
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Machine.Apply = _ => slow.Task;
        for (var commands = 0; commands < 3; commands++)
        {
            node.Start();
            node.LastAppend(to: 1).Reply(Accepted(1));
        }

        Assert.Equal(4, node.CommitIndex);
        Assert.Equal([2], node.Applied);
        node.Appends.Clear();
        node.Elapse(50);
        Assert.Equal(2, node.Appends.Count);
        Assert.Equal(Role.Leader, node.Role);

        node.Do(slow.SetResult);
        Assert.Equal([2, 3, 4], node.Applied);
    }

    [Fact]
    public void One_entry_is_delivered_at_a_time_in_log_order_each_once()
    {
        var node = new NodeUnderTest();
        var pending = new Queue<TaskCompletionSource>();
        node.Machine.Apply = _ =>
        {
            pending.Enqueue(new TaskCompletionSource());
            return pending.Last().Task;
        };
        node.Ask(Append(term: 1, entries: [1, 1, 1, 1], commit: 2));
        node.Ask(Append(term: 1, prev: (4, 1), commit: 4));
        for (var delivered = 1; delivered <= 4; delivered++)
        {
            Assert.Equal(delivered, node.Applied.Length);
            Assert.Equal(delivered - 1, node.Node.GetStatus().LastApplied.Value);
            var entry = Assert.Single(pending);
            pending.Clear();
            node.Do(entry.SetResult);
        }

        Assert.Equal([1, 2, 3, 4], node.Applied);
    }

    [Fact]
    public void The_clients_answer_comes_only_after_its_entry_was_applied()
    {
        var slow = new TaskCompletionSource();
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Machine.Apply = _ => slow.Task;
        var answer = node.Propose(new byte[] { 1 });
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal(2, node.CommitIndex);
        Assert.False(answer.IsCompleted);
        node.Do(slow.SetResult);
        Assert.Equal(ProposeOutcome.Applied, answer.Now().Outcome);
    }
}
