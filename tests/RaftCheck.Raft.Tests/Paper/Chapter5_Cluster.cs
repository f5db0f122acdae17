using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Chapter 5 of the dissertation as a cluster sees it: servers that compact their logs, each by itself, stay replicas of one another.</summary>
public sealed class Chapter5_Cluster
{
    private static readonly RaftOptions Small = new() { SnapshotEntries = 5, SnapshotTrailingEntries = 0, SnapshotChunkBytes = 64 };

    [Fact]
    public void Each_server_takes_its_snapshots_by_itself_and_all_logs_stay_short()
    {
        var cluster = new Cluster(3, Small);
        CommitMany(cluster, 20);
        cluster.Until(() => cluster.Up.All(server => server.Commands.Length == 20), "all servers have all commands");
        Assert.All(cluster.Up, server => Assert.InRange(server.Status.LastLogIndex.Value - server.Status.FirstLogIndex.Value, -1, 5));
    }

    [Fact]
    public void A_server_that_was_away_for_longer_than_the_logs_go_back_is_brought_up_by_a_snapshot_and_goes_on_from_there()
    {
        var cluster = new Cluster(3, Small);
        var away = cluster.AFollower();
        cluster.Isolate(away);
        CommitMany(cluster, 20);
        cluster.Heal();
        Assert.Empty(cluster[away].Commands);
        cluster.Until(() => cluster[away].Commands.Length == 20, "it has all commands");
        Assert.True(cluster[away].Machine.Restores > 0, "It was not brought up by a snapshot.");
        CommitMany(cluster, 1);
        cluster.Until(() => cluster[away].Commands.Length == 21, "it goes on");
        Assert.Equal(cluster.Leader!.Commands, cluster[away].Commands);
    }

    [Fact]
    public void A_bad_network_and_a_leader_that_goes_on_compacting_do_not_keep_a_follower_from_catching_up()
    {
        var cluster = new Cluster(3, Small);
        var away = cluster.AFollower();
        cluster.Isolate(away);
        CommitMany(cluster, 10);
        cluster.Heal();
        var chunks = 0;
        cluster.Network.Loses = (_, _, request) => request is InstallSnapshotRequest && chunks++ % 3 == 0;
        CommitMany(cluster, 30);
        cluster.Until(() => cluster[away].Commands.Length == 40, "it has all commands");
        Assert.True(chunks > 5, $"There were only {chunks} chunks.");
    }

    [Fact]
    public void A_leader_that_crashes_in_the_middle_of_a_transfer_is_followed_by_one_that_begins_anew()
    {
        var cluster = new Cluster(3, Small);
        var away = cluster.AFollower();
        cluster.Isolate(away);
        CommitMany(cluster, 20);
        cluster.Heal();
        var first = cluster.AwaitLeader().Id.Value;
        var chunks = 0;
        cluster.Network.Loses = (from, _, request) => request is InstallSnapshotRequest && from.Value == first && ++chunks > 2;
        cluster.Until(() => chunks > 2, "a part of the snapshot has come");
        Assert.Empty(cluster[away].Commands);
        cluster.Crash(first);
        cluster.Until(() => cluster[away].Commands.Length == 20, "it has all commands");
        CommitMany(cluster, 1);
        cluster.Restart(first);
        cluster.Until(() => cluster.Up.All(server => server.Commands.Length == 21), "the first leader has them too");
        Assert.Equal(cluster[away].Commands, cluster[first].Commands);
    }

    [Fact]
    public void All_servers_that_restart_at_once_go_on_from_their_snapshots()
    {
        var cluster = new Cluster(3, Small);
        CommitMany(cluster, 13);
        foreach (var server in cluster.Up.ToList())
        {
            cluster.Crash(server.Id.Value);
        }

        for (var number = 0; number < 3; number++)
        {
            cluster.Restart(number);
        }

        CommitMany(cluster, 1);
        cluster.Until(() => cluster.Up.All(server => server.Commands.Length == 14), "all servers have all commands");
        Assert.All(cluster.Up, server => Assert.Equal(cluster.Leader!.Commands, server.Commands));
    }

    [Fact]
    public void A_new_server_learns_the_state_and_the_configuration_by_a_snapshot()
    {
        var cluster = new Cluster(3, Small);
        CommitMany(cluster, 20);
        cluster.StartNew(3);
        cluster.Make(ConfigurationChange.AddVoter(Server(3)));
        cluster.Until(() => cluster[3].Commands.Length == 20, "it has all commands");
        Assert.True(cluster[3].Machine.Restores > 0, "It was not brought up by a snapshot.");
        CommitMany(cluster, 10);
        cluster.Crash(3);
        cluster.Restart(3);
        Assert.True(cluster[3].Configuration.IsVoter(Server(3)));
        cluster.Until(() => cluster[3].Commands.Length == 30, "it goes on after a restart");
    }

    private static void CommitMany(Cluster cluster, int commands)
    {
        for (var command = 0; command < commands; command++)
        {
            cluster.Commit($"c{command}");
        }
    }
}
