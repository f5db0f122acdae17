using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>Row 1: one lock, not held across an await, an RPC, a disk write or a call into the state machine.</summary>
public sealed class Row1_OneLock
{
    [Fact]
    public void The_lock_is_free_while_the_node_calls_the_network_the_disk_and_the_state_machine()
    {
        var node = new NodeUnderTest();
        var looks = new Dictionary<string, bool>();
        node.OnSend = () => looks["network"] = IsLockFree(node);
        node.Disk.OnChange = _ => looks["disk"] = IsLockFree(node);
        node.Machine.Apply = _ =>
        {
            looks["state machine"] = IsLockFree(node);
            return Task.CompletedTask;
        };
        node.BecomeLeader();
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Start();
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal([("disk", true), ("network", true), ("state machine", true)], looks.OrderBy(l => l.Key).Select(l => (l.Key, l.Value)));
    }

    [Fact]
    public void The_lock_is_free_while_the_node_asks_before_it_stands_hands_over_and_asks_for_a_read()
    {
        var looks = new List<bool>();
        var node = new NodeUnderTest(options: new RaftOptions());
        node.OnSend = () => looks.Add(IsLockFree(node));
        node.Elapse(150);
        Assert.Equal(Role.PreCandidate, node.Role);
        node.Votes[0].Reply(Granted(0));
        node.Votes[2].Reply(Granted(1));
        node.AcceptFrom(1);
        _ = node.Transfer(1);
        Assert.Single(node.TimeoutNows);
        node.Ask(Append(term: 2, prev: (1, 1)));
        _ = node.Read();
        Assert.Single(node.ReadIndexes);
        Assert.DoesNotContain(false, looks);
    }

    [Fact]
    public async Task Whoever_waits_for_a_read_or_a_transfer_goes_on_outside_of_the_lock()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var waiting = new[] { LookAfterAsync(node.Read()), LookAfterAsync(node.Transfer(1)) };
        node.AcceptFrom(2);
        node.Ask(Append(term: 2, prev: (1, 1)));
        var areFree = await Task.WhenAll(waiting);
        Assert.Equal([true, true], areFree);

        async Task<bool> LookAfterAsync(Task task)
        {
            await task;
            return IsLockFree(node);
        }
    }

    /// <summary>Looks from another thread, because a thread may enter a lock twice. Waits for real time only where the test fails.</summary>
    private static bool IsLockFree(NodeUnderTest node)
    {
        var other = new Thread(() => node.Node.GetStatus()) { IsBackground = true };
        other.Start();
        return other.Join(TimeSpan.FromSeconds(10));
    }
}
