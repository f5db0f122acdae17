using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §6.4, last paragraphs: followers help to offload reads. They ask the leader for the read index.</summary>
public sealed class Chapter6_4_FollowerReads
{
    [Theory]
    [InlineData(ReadConsistency.ReadIndex)]
    [InlineData(ReadConsistency.Lease)]
    public void A_follower_asks_the_leader_and_relies_on_no_lease_of_its_own(ReadConsistency consistency)
    {
        var node = FollowerOf1(commit: 1);
        var read = node.Read(consistency);
        var call = Assert.Single(node.ReadIndexes);
        Assert.Equal((Server(1), new ReadIndexRequest(new Term(1), Server(0))), (call.To, call.Request));
        Assert.False(read.IsCompleted);
        call.Reply(Index(1));
        Assert.Equal(new ReadResult(ReadOutcome.Ok, new LogIndex(1), Server(1)), read.Now());
        Assert.Equal(["read by Follower at 1"], node.ElectionEvents);
    }

    [Fact]
    public void It_answers_only_once_its_own_state_machine_has_applied_the_read_index()
    {
        var node = FollowerOf1(commit: 1);
        var read = node.Read();
        node.ReadIndexes[0].Reply(Index(2));
        Assert.False(read.IsCompleted);
        node.Ask(Append(term: 1, prev: (2, 1), commit: 2));
        Assert.Equal((ReadOutcome.Ok, 2), (read.Now().Outcome, read.Now().ReadIndex.Value));
        Assert.Equal([1, 2], node.Applied);
    }

    [Fact]
    public void It_does_not_take_the_read_index_for_committed_in_its_own_log()
    {
        var node = FollowerOf1(commit: 1);
        _ = node.Read();
        node.ReadIndexes[0].Reply(Index(2));
        Assert.Equal((1, 1), (node.CommitIndex, Assert.Single(node.Applied)));
    }

    [Fact]
    public void Without_a_leader_it_says_so_at_once()
    {
        var node = new NodeUnderTest();
        Assert.Equal(new ReadResult(ReadOutcome.NotLeader, LogIndex.Zero, null), node.Read().Now());
        node.AwaitElection();
        Assert.Equal(ReadOutcome.NotLeader, node.Read().Now().Outcome);
        Assert.Empty(node.ReadIndexes);
    }

    [Fact]
    public void If_the_leader_does_not_answer_or_no_longer_leads_nobody_answers_the_read()
    {
        var node = FollowerOf1(commit: 1);
        var (lost, refused) = (node.Read(), node.Read());
        node.ReadIndexes[0].Reply(null);
        node.ReadIndexes[1].Reply(new ReadIndexReply(new Term(2), null, Server(2)));
        Assert.Equal((ReadOutcome.NotLeader, ReadOutcome.NotLeader), (lost.Now().Outcome, refused.Now().Outcome));
    }

    [Fact]
    public void The_leader_confirms_that_it_leads_before_it_answers_a_follower()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: NodeUnderTest.Plain with { CheckQuorum = true });
        var answer = node.Send(new ReadIndexRequest(new Term(1), Server(2)));
        Assert.Equal(2, node.Appends.Count);
        Assert.False(answer.IsCompleted);
        node.AcceptFrom(2);
        Assert.Equal(new ReadIndexReply(new Term(1), new LogIndex(1), Server(0)), answer.Now());
    }

    [Fact]
    public void The_leader_answers_a_follower_though_its_own_state_machine_is_behind()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Machine.Apply = _ => new TaskCompletionSource().Task;
        node.Start();
        node.AcceptFrom(1);
        var answer = node.Send(new ReadIndexRequest(new Term(1), Server(2)));
        node.AcceptFrom(2);
        node.Elapse(50);
        node.AcceptFrom(2);
        Assert.Equal(2, answer.Now().ReadIndex?.Value);
    }

    [Fact]
    public void A_leader_that_is_deposed_meanwhile_answers_no_follower()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var answer = node.Send(new ReadIndexRequest(new Term(1), Server(2)));
        node.Ask(Append(term: 2, prev: (1, 1), leader: 2));
        Assert.Equal(new ReadIndexReply(new Term(2), null, Server(2)), answer.Now());
    }

    [Fact]
    public void A_follower_that_is_asked_names_the_leader_and_asks_nobody_in_its_turn()
    {
        var node = FollowerOf1(commit: 1);
        Assert.Equal(new ReadIndexReply(new Term(1), null, Server(1)), node.Send(new ReadIndexRequest(new Term(1), Server(2))).Now());
        Assert.Empty(node.ReadIndexes);
    }

    [Fact]
    public void Whatever_was_answered_before_is_there_when_any_follower_is_read()
    {
        var cluster = new Cluster();
        for (var i = 1; i <= 5; i++)
        {
            cluster.Commit($"{i}");
            foreach (var server in cluster.Up)
            {
                Assert.Equal(ReadOutcome.Ok, cluster.Await(() => server.Node.ReadIndexAsync(ReadConsistency.ReadIndex)).Outcome);
                Assert.Equal(i, server.Commands.Length);
            }
        }
    }

    [Fact]
    public void A_learner_can_be_read_too()
    {
        var cluster = new Cluster();
        cluster.StartNew(3);
        cluster.Make(ConfigurationChange.AddLearner(Server(3)));
        cluster.Commit("a");
        cluster.Until(() => cluster[3].Status.LeaderHint is not null, "the learner knows the leader");
        Assert.Equal(ReadOutcome.Ok, cluster.Await(() => cluster[3].Node.ReadIndexAsync(ReadConsistency.ReadIndex)).Outcome);
        Assert.Equal(["a"], cluster[3].Commands);
    }

    /// <summary>A follower of server 1 in term 1, with two entries.</summary>
    private static NodeUnderTest FollowerOf1(long commit)
    {
        var node = NodeUnderTest.Follower(1, 1, 1);
        node.Ask(Append(term: 1, prev: (2, 1), commit: commit));
        return node;
    }

    private static ReadIndexReply Index(long index) => new(new Term(1), new LogIndex(index), Server(1));
}
