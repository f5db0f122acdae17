using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>What an operator asks of a <see cref="Cluster"/>'s leader.</summary>
internal static class ClusterMembership
{
    public static ChangeResult Change(this Cluster cluster, ConfigurationChange change, int withinMs = 10_000)
    {
        var leader = cluster.AwaitLeader();
        return cluster.Await(() => leader.Node.ChangeConfigurationAsync(change), withinMs);
    }

    /// <summary>The change must succeed.</summary>
    public static void Make(this Cluster cluster, ConfigurationChange change)
    {
        var result = cluster.Change(change);
        Assert.True(result.Outcome == ChangeOutcome.Committed, $"To {change} ended as {result.Outcome}. {result.Reason}");
    }

    public static NodeId[] Servers(params int[] numbers) => [.. numbers.Select(Server)];

    /// <summary>Any server that does not lead.</summary>
    public static int AFollower(this Cluster cluster)
    {
        var leader = cluster.AwaitLeader();
        return cluster.Up.First(server => server != leader && server.Configuration.IsVoter(server.Id)).Id.Value;
    }
}
