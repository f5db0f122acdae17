using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Node;

/// <summary>A preference for some leaders, expressed by patience. It decides who leads if all are well, and never whether anybody does.</summary>
public sealed class ElectionPriorityTests
{
    [Theory]
    [InlineData(100, 150)]
    [InlineData(50, 300)]
    [InlineData(0, 450)]
    public void A_server_waits_the_longer_the_lower_its_priority(int priority, int timeoutMs)
    {
        var node = new NodeUnderTest(options: NodeUnderTest.Plain with { ElectionPriority = priority });
        node.Elapse(timeoutMs - 1);
        Assert.Equal(Role.Follower, node.Role);
        node.Elapse(1);
        Assert.Equal(Role.Candidate, node.Role);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_preferred_server_is_elected_first_and_again_whenever_the_leader_crashes(int preferred)
    {
        var cluster = Preferring(preferred);
        Assert.Equal(Server(preferred), cluster.AwaitLeader().Id);
        for (var crashes = 0; crashes < 5; crashes++)
        {
            cluster.Crash(preferred);
            cluster.Commit($"{crashes}");
            cluster.Restart(preferred);
            cluster.Until(() => cluster[preferred].Commands.Length == crashes + 1, "it has caught up");
            var other = cluster.AwaitLeader().Id;
            Assert.NotEqual(Server(preferred), other);
            cluster.Crash(other.Value);
            Assert.Equal(Server(preferred), cluster.AwaitLeader().Id);
            cluster.Restart(other.Value);
        }
    }

    [Fact]
    public void It_is_no_rule_anybody_leads_if_the_preferred_server_can_not()
    {
        var cluster = Preferring(0);
        cluster.Isolate(0);
        cluster.Until(() => cluster.Leader is { } leader && leader.Id != Server(0), "another leads", withinMs: 2000);
        cluster.Commit("a");
    }

    [Fact]
    public void A_preferred_server_does_not_depose_a_leader_that_works()
    {
        var cluster = Preferring(0);
        cluster.Isolate(0);
        cluster.Until(() => cluster.Leader is { } leader && leader.Id != Server(0), "another leads");
        var leader = cluster.AwaitLeader();
        cluster.Heal();
        cluster.Elapse(3000);
        Assert.Equal(leader.Id, cluster.AwaitLeader().Id);
    }

    private static Cluster Preferring(int preferred) =>
        new(optionsOf: number => new RaftOptions { ElectionPriority = number == preferred ? 100 : 0 });
}
