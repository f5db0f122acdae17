using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Storage;

public sealed class CrashTests
{
    [Fact]
    public void A_vote_survives_a_power_failure_and_nobody_else_gets_one_in_its_term()
    {
        var node = new NodeUnderTest();
        Assert.True(node.Ask(Vote(term: 1, candidate: 1)).VoteGranted);
        var restarted = new NodeUnderTest(disk: node.Disk.AfterPowerFailure());
        Assert.Equal(Refused(1), restarted.Ask(Vote(term: 1, candidate: 2)));
        Assert.Equal(Granted(1), restarted.Ask(Vote(term: 1, candidate: 1)));
    }

    [Fact]
    public void A_candidates_vote_for_itself_survives()
    {
        var node = new NodeUnderTest();
        node.AwaitElection();
        var restarted = new NodeUnderTest(disk: node.Disk.AfterPowerFailure());
        Assert.Equal(Refused(1), restarted.Ask(Vote(term: 1)));
        restarted.AwaitElection();
        Assert.Equal(2, restarted.Term);
    }

    [Fact]
    public void A_power_failure_at_any_byte_of_a_write_loses_nothing_that_was_answered()
    {
        var node = new NodeUnderTest();
        node.Ask(Vote(term: 1));
        node.Ask(Append(term: 1, entries: [1, 1, 1]));
        node.Ask(Append(term: 2, prev: (1, 1), entries: [2, 2]));
        node.Disk.HoldFlushes = true;
        node.Send(Append(term: 4, prev: (2, 2), entries: [4, 4]));
        var unflushed = node.Disk.UnflushedBytes;
        Assert.True(unflushed > 0);
        for (var kept = 0; kept <= unflushed; kept++)
        {
            var restarted = new NodeUnderTest(disk: node.Disk.AfterPowerFailure(kept));
            Assert.True(restarted.Term is 2 or 4);
            Assert.Null(restarted.VotedFor);
            Assert.Contains(string.Join(' ', restarted.LogTerms), new[] { "1 2 2", "1 2", "1 2 4", "1 2 4 4" });
            Assert.True(restarted.LogTerms.Length == 3 || restarted.Term == 4, "The log was changed by a leader of a term that is not on disk.");
            Assert.True(restarted.Ask(Append(term: 4, prev: (2, 2), entries: [4, 4])).Success);
            Assert.Equal([1, 2, 4, 4], restarted.LogTerms);
        }
    }

    [Fact]
    public void A_leader_that_restarts_is_a_follower_and_counts_what_its_disk_holds()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        node.Start();
        var restarted = new NodeUnderTest(disk: node.Disk.AfterPowerFailure());
        Assert.Equal((Role.Follower, 1), (restarted.Role, restarted.Term));
        restarted.BecomeLeader();
        Assert.Equal([1, 1, 2], restarted.LogTerms);
        restarted.LastAppend(to: 1).Reply(Accepted(2));
        Assert.Equal([2], restarted.Applied);
        restarted.Start();
        restarted.LastAppend(to: 1).Reply(Accepted(2));
        Assert.Equal([2, 4], restarted.Applied);
    }

    [Fact]
    public void What_a_killed_process_had_written_is_flushed_before_the_next_one_relies_on_it()
    {
        // The process dies between write and flush, but the machine does not: the next process reads the vote and
        // grants it again. Then the power fails. The vote has left, so it must be on the disk.
        var node = new NodeUnderTest();
        node.Disk.HoldFlushes = true;
        node.Send(Vote(term: 1, candidate: 1));
        var second = new NodeUnderTest(disk: node.Disk.AfterProcessKill());
        Assert.Equal(Granted(1), second.Ask(Vote(term: 1, candidate: 1)));
        var third = new NodeUnderTest(disk: second.Disk.AfterPowerFailure());
        Assert.Equal(Refused(1), third.Ask(Vote(term: 1, candidate: 2)));
    }
}
