using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>Row 5: an unreachable peer delays neither the majority nor the timers.</summary>
public sealed class Row5_OneTaskPerRpc
{
    [Fact]
    public void An_election_is_won_though_one_server_never_answers()
    {
        var node = new NodeUnderTest();
        node.AwaitElection();
        node.Votes.Single(call => call.To == Server(2)).Reply(Granted(1));
        Assert.Equal(Role.Leader, node.Role);
    }

    [Fact]
    public void Entries_are_committed_though_one_server_never_answers()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        node.LastAppend(to: 2).Reply(Accepted(1));
        for (var index = 2; index <= 4; index++)
        {
            node.Start();
            node.LastAppend(to: 2).Reply(Accepted(1));
            Assert.Equal(index, node.CommitIndex);
        }
    }

    [Fact]
    public void The_heartbeats_go_on_to_all_though_nobody_answers()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        node.Appends.Clear();
        node.Elapse(200);
        Assert.Equal([4, 4], node.Appends.GroupBy(call => call.To).Select(calls => calls.Count()));
    }

    [Fact]
    public void The_next_election_begins_though_nobody_answers()
    {
        var node = new NodeUnderTest();
        node.Elapse(150);
        node.Elapse(150);
        Assert.Equal([1, 1, 2, 2], node.Votes.Select(call => call.Request.Term.Value));
    }

    [Fact]
    public void Each_RPC_has_a_task_of_its_own_which_ends_with_its_reply()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        Assert.Equal(2, node.Tasks.Started.Count(name => name == "AppendEntries"));
        node.LastAppend(to: 2).Reply(Accepted(1));
        Assert.Equal(1, node.Tasks.Ended.Count(name => name == "AppendEntries"));
    }
}
