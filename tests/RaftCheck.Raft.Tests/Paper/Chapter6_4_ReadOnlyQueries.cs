using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.ClusterMembership;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §6.4: reads without an entry in the log, by ReadIndex. The leader's side, in the five steps of the text.</summary>
public sealed class Chapter6_4_ReadOnlyQueries
{
    [Fact]
    public void Step_1_a_leader_that_has_not_committed_an_entry_of_its_term_yet_does_not_know_what_is_committed_and_waits()
    {
        // Rejections confirm that it leads, and commit nothing.
        var node = NodeUnderTest.Leader(term: 2, log: [1]);
        var read = node.Read();
        RejectFrom(node, 1, 2);
        Assert.Equal(0, node.CommitIndex);
        Assert.False(read.IsCompleted);
        node.AcceptFrom(1);
        Assert.Equal((ReadOutcome.Ok, 2), (read.Now().Outcome, read.Now().ReadIndex.Value));
    }

    [Fact]
    public void Step_2_the_read_index_is_what_is_committed_when_the_read_comes_and_not_what_is_in_the_log()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Start();
        var read = node.Read();
        node.Elapse(0);
        RejectFrom(node, 1);
        Assert.Equal((ReadOutcome.Ok, 1), (read.Now().Outcome, read.Now().ReadIndex.Value));
        Assert.Equal(1, node.CommitIndex);
    }

    [Fact]
    public void Step_3_heartbeats_go_out_at_once_and_the_read_waits_for_a_quorum_of_answers()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], servers: 5);
        var read = node.Read();
        Assert.Equal([Server(1), Server(2), Server(3), Server(4)], node.Appends.Select(call => call.To));
        node.AcceptFrom(1);
        Assert.False(read.IsCompleted);
        node.LastAppend(to: 2).Reply(null);
        Assert.False(read.IsCompleted);
        node.AcceptFrom(3);
        Assert.Equal(ReadOutcome.Ok, read.Now().Outcome);
    }

    [Fact]
    public void Step_3_the_answer_to_a_heartbeat_from_before_the_read_confirms_nothing()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Elapse(50);
        var earlier = node.Appends.ToList();
        node.Appends.Clear();
        var read = node.Read();
        earlier.ForEach(call => call.Reply(Accepted(1)));
        Assert.False(read.IsCompleted);
        node.AcceptFrom(2);
        Assert.True(read.IsCompleted);
    }

    [Fact]
    public void Step_3_a_server_that_answers_twice_is_one_server()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], servers: 5);
        var read = node.Read();
        node.AcceptFrom(1);
        node.Elapse(50);
        node.AcceptFrom(1);
        Assert.False(read.IsCompleted);
    }

    [Fact]
    public void Step_3_a_round_that_was_lost_is_made_up_for_by_the_next_heartbeat()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var read = node.Read();
        node.Appends.ToList().ForEach(call => call.Reply(null));
        node.Elapse(50);
        Assert.False(read.IsCompleted);
        node.AcceptFrom(2);
        Assert.True(read.IsCompleted);
    }

    [Fact]
    public void Step_3_a_learner_confirms_nothing()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        _ = node.Change(ConfigurationChange.AddLearner(Server(3)));
        node.AcceptFrom(1, 2);
        var read = node.Read();
        node.AcceptFrom(3);
        Assert.False(read.IsCompleted);
        node.AcceptFrom(1);
        Assert.True(read.IsCompleted);
    }

    [Fact]
    public void Step_3_a_server_that_has_stopped_confirms_nothing()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var read = node.Read();
        node.LastAppend(to: 1).Reply(Rejected(0));
        Assert.False(read.IsCompleted);
    }

    [Fact]
    public void Step_3_in_a_joint_consensus_a_majority_of_each_configuration_confirms()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        _ = node.Change(ConfigurationChange.Replace(Servers(3, 4, 5), [], autoLeave: false));
        node.Elapse(50);
        node.AcceptFrom(1, 3, 4);
        var read = node.Read();
        node.AcceptFrom(3, 4, 5);
        Assert.False(read.IsCompleted);
        node.AcceptFrom(2);
        Assert.True(read.IsCompleted);
    }

    [Fact]
    public void Step_3_a_leader_that_is_alone_is_a_quorum()
    {
        var node = new NodeUnderTest(servers: 1);
        node.AwaitElection();
        Assert.Equal((ReadOutcome.Ok, 1), (node.Read().Now().Outcome, node.Read().Now().ReadIndex.Value));
    }

    [Fact]
    public void Step_4_the_read_waits_until_the_state_machine_has_applied_what_was_committed()
    {
        var slow = new TaskCompletionSource();
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Machine.Apply = _ => slow.Task;
        node.Start();
        node.AcceptFrom(1);
        Assert.Equal(2, node.CommitIndex);
        var read = node.Read();
        node.AcceptFrom(2);
        node.Elapse(50);
        node.AcceptFrom(1, 2);
        Assert.False(read.IsCompleted);
        node.Do(slow.SetResult);
        Assert.Equal((ReadOutcome.Ok, 2), (read.Now().Outcome, read.Now().ReadIndex.Value));
    }

    [Fact]
    public void Reads_that_come_while_a_round_is_under_way_share_the_next_one()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var first = node.Read();
        var others = Enumerable.Range(0, 10).Select(_ => node.Read()).ToList();
        Assert.Equal(2, node.Appends.Count);
        node.AcceptFrom(1);
        Assert.True(first.IsCompleted);
        Assert.DoesNotContain(others, read => read.IsCompleted);
        Assert.Equal(4, node.Appends.Count);
        node.AcceptFrom(1);
        Assert.All(others, read => Assert.Equal(ReadOutcome.Ok, read.Now().Outcome));
        Assert.Equal(4, node.Appends.Count);
    }

    [Fact]
    public void A_read_writes_nothing_and_commits_nothing()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var before = (node.Node.GetStatus(), node.Disk.Length);
        var read = node.Read();
        node.AcceptFrom(1);
        Assert.True(read.IsCompleted);
        Assert.Equal(before, (node.Node.GetStatus(), node.Disk.Length));
        Assert.Equal(["read by ReadIndex at 1"], node.ElectionEvents);
    }

    [Fact]
    public void A_leader_that_is_deposed_meanwhile_answers_no_read()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var read = node.Read();
        var round = node.Appends.ToList();
        node.Ask(Append(term: 2, prev: (1, 1), leader: 2));
        Assert.Equal((ReadOutcome.NotLeader, LogIndex.Zero, Server(2)), (read.Now().Outcome, read.Now().ReadIndex, read.Now().LeaderHint));
        round.ForEach(call => call.Reply(Accepted(1)));
        Assert.DoesNotContain(node.ElectionEvents, e => e.StartsWith("read", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_from_an_earlier_leadership_confirms_no_read_of_a_later_one()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        _ = node.Read();
        var earlier = node.Appends.ToList();
        node.Ask(Append(term: 2, prev: (1, 1), leader: 2));
        node.BecomeLeader();
        node.AcceptFrom(1, 2);
        var read = node.Read();
        earlier.ForEach(call => call.Reply(Accepted(1)));
        Assert.False(read.IsCompleted);
    }

    [Fact]
    public void A_leader_that_loses_its_quorum_answers_no_read_that_waits()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: NodeUnderTest.Plain with { CheckQuorum = true });
        var read = node.Read();
        node.Elapse(300);
        Assert.Equal(ReadOutcome.NotLeader, read.Now().Outcome);
    }

    [Fact]
    public void A_leader_that_was_cut_off_answers_no_read_after_another_leads()
    {
        var cluster = new Cluster(options: new RaftOptions { CheckQuorum = false });
        cluster.Commit("a");
        var old = cluster.AwaitLeader();
        cluster.Isolate(old.Id.Value);
        cluster.Until(() => cluster.Leader != old, "the others have a leader");
        cluster.Commit("b");
        Assert.Equal(Role.Leader, old.Role);
        var read = cluster.Do(() => old.Node.ReadIndexAsync(ReadConsistency.ReadIndex));
        cluster.Elapse(1000);
        Assert.False(read.IsCompleted);
        cluster.Heal();
        cluster.Until(() => read.IsCompleted, "the old leader hears of the new one");
        Assert.Equal(ReadOutcome.NotLeader, read.Now().Outcome);
    }

    private static void RejectFrom(NodeUnderTest node, params int[] servers)
    {
        foreach (var server in servers)
        {
            node.LastAppend(server).Reply(Rejected(node.Term, TooShort(nextIndex: 1)));
        }
    }
}
