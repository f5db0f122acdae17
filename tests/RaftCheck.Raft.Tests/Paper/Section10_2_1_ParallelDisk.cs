using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Dissertation, §10.2.1: a leader writes to its own disk while it replicates. Its own copy counts only once it is
/// written, and is not needed if a majority of others has the entry.
/// </summary>
public sealed class Section10_2_1_ParallelDisk
{
    [Fact]
    public void An_entry_is_sent_to_the_others_before_it_is_on_the_leaders_own_disk()
    {
        var node = SlowDisk();
        node.Start();
        Assert.Equal(1, node.Disk.HeldFlushes);
        Assert.Equal([2, 2], node.Appends.Select(call => call.Request.LastVerifiedIndex.Value));
    }

    [Fact]
    public void The_leaders_own_copy_counts_when_it_is_written_and_not_before()
    {
        var node = SlowDisk(servers: 5);
        node.Start();
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.LastAppend(to: 2).Reply(Accepted(1));
        Assert.Equal(1, node.CommitIndex);
        node.CompleteFlush();
        Assert.Equal(2, node.CommitIndex);
    }

    [Fact]
    public void An_entry_is_committed_and_answered_before_it_is_on_the_leaders_own_disk_if_a_majority_has_it_without_the_leader()
    {
        var node = SlowDisk();
        var answer = node.Propose(new byte[] { 7 });
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.False(answer.IsCompleted);
        node.LastAppend(to: 2).Reply(Accepted(1));
        Assert.Equal(ProposeOutcome.Applied, answer.Now().Outcome);
        Assert.Equal(1, node.Disk.HeldFlushes);
    }

    [Fact]
    public void A_leader_that_crashes_before_its_own_write_lacks_the_entry_and_gets_it_back_from_the_others()
    {
        var node = SlowDisk();
        node.Propose(new byte[] { 7 });
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.LastAppend(to: 2).Reply(Accepted(1));
        Assert.Equal(2, node.CommitIndex);

        var restarted = new NodeUnderTest(disk: node.Disk.AfterPowerFailure());
        Assert.Equal([1], restarted.LogTerms);
        Assert.False(restarted.Ask(Append(term: 2, prev: (2, 1))).Success);
        Assert.True(restarted.Ask(Append(term: 2, prev: (1, 1), entries: [1, 2], commit: 3)).Success);
        Assert.Equal([1, 1, 2], restarted.LogTerms);
    }

    [Fact]
    public void What_comes_while_a_write_is_under_way_is_written_together_by_the_next_one()
    {
        var node = SlowDisk(servers: 1);
        for (var commands = 0; commands < 10; commands++)
        {
            node.Start();
        }

        var flushes = node.Disk.FlushCount;
        node.CompleteFlush();
        Assert.Equal(2, node.CommitIndex);
        node.CompleteFlush();
        Assert.Equal((11, flushes + 1, 0), (node.CommitIndex, node.Disk.FlushCount, node.Disk.HeldFlushes));
    }

    [Fact]
    public void Heartbeats_do_not_wait_for_the_disk()
    {
        var node = SlowDisk();
        node.Start();
        node.Appends.Clear();
        node.Elapse(100);
        Assert.Equal(4, node.Appends.Count);
    }

    /// <summary>A leader of term 1 with one committed entry, whose flushes are held from now on.</summary>
    private static NodeUnderTest SlowDisk(int servers = 3)
    {
        var node = new NodeUnderTest(servers);
        node.BecomeLeader();
        node.AcceptFrom([.. Enumerable.Range(1, servers - 1)]);
        Assert.Equal(1, node.CommitIndex);
        node.Appends.Clear();
        node.Disk.HoldFlushes = true;
        return node;
    }
}
