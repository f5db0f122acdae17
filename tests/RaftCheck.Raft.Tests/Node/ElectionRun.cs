using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Node;

/// <summary>
/// A cluster to which anything happens that makes leaders change, with readers who check that they see all that was
/// committed anywhere when they began to read. <see cref="ClusterSafety"/> holds as in each <see cref="Cluster"/>.
/// </summary>
internal sealed class ElectionRun
{
    private readonly Cluster cluster;
    private readonly int servers;
    private readonly List<(Task<ReadResult> Task, ClusterServer Server, LogIndex Floor)> reads = [];
    private int commands;

    public ElectionRun(int servers, RaftOptions options, Func<int, double>? speedOf = null)
    {
        this.servers = servers;
        cluster = new Cluster(servers, options, speedOf: speedOf);
        cluster.Network.Latency = TimeSpan.FromMilliseconds(5);
    }

    /// <summary>How many reads were answered.</summary>
    public int Answered { get; private set; }

    public void Do(byte what, byte which, byte more)
    {
        var server = cluster[which % servers];
        switch (what % 16)
        {
            case 0 or 1 or 2:
                Propose();
                break;
            case 3:
                cluster.Isolate(server.Id.Value);
                break;
            case 4:
                cluster.Heal();
                break;
            case 5:
                cluster.Network.Cut(server.Id, Server(more % servers));
                break;
            case 6:
                cluster.Network.Slow(server.Id, TimeSpan.FromMilliseconds(more % 64));
                break;
            case 7 when server.IsUp:
                cluster.Crash(server.Id.Value);
                break;
            case 7 or 8 when !server.IsUp:
                cluster.Restart(server.Id.Value);
                break;
            case 9 when cluster.Leader is { } leader:
                cluster.Do(() => leader.Node.TransferLeadershipAsync(server.Id));
                break;
            case 10 when cluster.Leader is { } leader:
                cluster.Isolate(leader.Id.Value);
                break;
        }

        Elapse(more);
    }

    /// <summary>All servers work and hear each other: there must be a leader, and everybody can be read.</summary>
    public void Heal()
    {
        cluster.Heal();
        for (var number = 0; number < servers; number++)
        {
            cluster.Network.Slow(Server(number), TimeSpan.Zero);
            if (!cluster[number].IsUp)
            {
                cluster.Restart(number);
            }
        }

        cluster.Elapse(1000);
        cluster.Commit("last");
        cluster.Until(() => cluster.Up.All(server => server.Commands.LastOrDefault() == "last"), "all have the last command");
        foreach (var server in cluster.Up)
        {
            Assert.Equal(ReadOutcome.Ok, cluster.Await(() => server.Node.ReadIndexAsync(ReadConsistency.Lease)).Outcome);
        }

        Judge();
        Assert.Empty(reads);
    }

    private void Propose()
    {
        foreach (var leader in cluster.Up.Where(server => server.Role == Role.Leader).ToList())
        {
            cluster.Do(() => leader.Node.Start(System.Text.Encoding.UTF8.GetBytes($"{commands++}")));
        }
    }

    /// <summary>Everybody is read every few milliseconds, in both ways.</summary>
    private void Elapse(int ms)
    {
        for (var elapsed = 0; elapsed <= ms; elapsed += 7)
        {
            // Of all servers, also of those that are down: what was committed stays committed.
            var floor = Enumerable.Range(0, servers).Max(number => cluster[number].Status.CommitIndex);
            foreach (var server in cluster.Up)
            {
                Read(server, ReadConsistency.Lease, floor);
                Read(server, ReadConsistency.ReadIndex, floor);
            }

            cluster.Elapse(7);
            Judge();
        }
    }

    private void Read(ClusterServer server, ReadConsistency consistency, LogIndex floor) =>
        reads.Add((cluster.Do(() => server.Node.ReadIndexAsync(consistency)), server, floor));

    private void Judge()
    {
        foreach (var (task, server, floor) in reads.Where(read => read.Task.IsCompleted))
        {
            var result = task.Now();
            Answered += result.Outcome == ReadOutcome.Ok ? 1 : 0;
            Assert.True(
                result.Outcome != ReadOutcome.Ok || result.ReadIndex >= floor,
                $"A read of {server.Id} saw what was committed up to {result.ReadIndex}, though {floor} was committed before it began.{Environment.NewLine}{cluster.Describe()}");
            Assert.True(!server.IsUp || server.Status.LastApplied >= result.ReadIndex, $"A read of {server.Id} at {result.ReadIndex} was answered before that was applied.");
        }

        reads.RemoveAll(read => read.Task.IsCompleted);
    }
}
