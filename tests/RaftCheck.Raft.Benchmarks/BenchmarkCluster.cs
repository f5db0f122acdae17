using RaftCheck.Raft.Hosting;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Benchmarks;

/// <summary>
/// Three servers in this process, as in production but for the network and the state machine: the machine's clock,
/// threads and (if asked for) disk, and the usual settings, with an election timeout that a busy machine does not miss.
/// </summary>
internal sealed class BenchmarkCluster : IDisposable
{
    private const int Servers = 3;

    private static readonly RaftOptions Options = new()
    {
        ElectionTimeoutMin = TimeSpan.FromSeconds(1),
        ElectionTimeoutMax = TimeSpan.FromSeconds(2),
    };

    private readonly DirectoryInfo? directory;
    private readonly List<RaftNode> nodes = [];
    private readonly List<CountedFiles> files = [];

    private BenchmarkCluster(Disk disk) => directory = disk == Disk.Flushed ? Directory.CreateTempSubdirectory("raftcheck-benchmark-") : null;

    /// <summary>What the leader has done to its files so far.</summary>
    public CountedFiles LeaderFiles => files[LeaderNumber];

    /// <summary>The leader.</summary>
    /// <exception cref="InvalidOperationException">There is none: the machine was too busy for what it was to measure.</exception>
    public RaftNode Leader => nodes[LeaderNumber];

    private int LeaderNumber => nodes.FindIndex(node => node.GetStatus().Role == Role.Leader) is >= 0 and var leader
        ? leader
        : throw new InvalidOperationException("The cluster has lost its leader: the machine is too busy to measure anything.");

    /// <summary>A cluster that has a leader.</summary>
    public static async Task<BenchmarkCluster> StartAsync(Disk disk)
    {
        var cluster = new BenchmarkCluster(disk);
        NodeId[] members = [.. Enumerable.Range(0, Servers).Select(number => new NodeId(number))];
        foreach (var id in members)
        {
            var files = new CountedFiles(cluster.directory is { } on ? new DirectoryFileSystem(Path.Combine(on.FullName, $"{id}")) : new MemoryFiles());
            var tasks = new ThreadPoolTaskStarter((activity, e) => Environment.FailFast($"The activity '{activity}' has failed.", e));
            var seams = new RaftSeams(new SystemClock(), new SystemRandomness(), new DirectTransport(cluster.nodes), files, tasks);
            cluster.files.Add(files);
            cluster.nodes.Add(await RaftNode.OpenAsync(id, members, Options, seams, new NoStateMachine()));
        }

        cluster.nodes.ForEach(node => node.Run());
        while (!cluster.nodes.Exists(node => node.GetStatus() is { Role: Role.Leader } status && status.CommitIndex == status.LastLogIndex))
        {
            await Task.Delay(10);
        }

        return cluster;
    }

    public void Dispose()
    {
        nodes.ForEach(node => node.Stop());
        if (directory is not null)
        {
            // Whatever was under way still has files open, and would bring them back.
            Thread.Sleep(200);
            directory.Delete(recursive: true);
        }
    }
}
