namespace RaftCheck.Raft.Tests.Harness;

/// <summary>The harness itself: several nodes agree in it, over crashes and partitions.</summary>
public sealed class ClusterTests
{
    [Fact]
    public void A_cluster_elects_a_leader_and_all_apply_what_it_commits()
    {
        var cluster = new Cluster(5);
        cluster.Commit("a");
        cluster.Elapse(100);
        Assert.All(cluster.Up, server => Assert.Equal(["a"], server.Commands));
    }

    [Fact]
    public void A_server_that_crashed_catches_up_from_its_disk_and_the_leader()
    {
        var cluster = new Cluster();
        cluster.Commit("a");
        var leader = cluster.AwaitLeader().Id.Value;
        cluster.Crash(leader);
        cluster.Commit("b");
        cluster.Restart(leader);
        cluster.Until(() => cluster[leader].Commands.Length == 2, "the server has both commands");
        Assert.Equal(["a", "b"], cluster[leader].Commands);
    }

    [Fact]
    public void A_minority_commits_nothing_and_gives_way_when_the_partition_heals()
    {
        var cluster = new Cluster();
        var old = cluster.AwaitLeader();
        var others = new[] { 0, 1, 2 }.Where(number => number != old.Id.Value).ToArray();
        cluster.Partition([old.Id.Value], others);
        var lost = cluster.Do(() => old.Node.ProposeAsync("lost"u8.ToArray()));
        cluster.Until(() => cluster.Leader != old, "the others have a leader");
        cluster.Commit("b");
        Assert.False(lost.IsCompleted);
        cluster.Heal();
        cluster.Until(() => lost.IsCompleted && old.Commands.Length == 1, "the old leader follows");
        Assert.Equal(["b"], old.Commands);
    }

    [Fact]
    public void A_server_of_no_cluster_stands_for_no_election()
    {
        var cluster = new Cluster(0);
        var server = cluster.StartNew(0);
        cluster.Elapse(2000);
        Assert.Equal((Role.Follower, 0), (server.Role, server.Status.CurrentTerm.Value));
    }
}
