using RaftCheck.Raft.Hosting;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Host;

/// <summary>A server of the cluster, and its state machine.</summary>
internal sealed record LocalServer(RaftNode Node, KeyValueStateMachine Machine);

/// <summary>
/// Three servers in this process, each with a directory of its own and real flushes. Snapshots and segments are small, so
/// that a kill meets a snapshot, a compaction or a new segment under way as often as it meets an entry.
/// </summary>
internal sealed class LocalCluster
{
    private const int Servers = 3;

    private static readonly RaftOptions Options = new()
    {
        ElectionTimeoutMin = TimeSpan.FromMilliseconds(80),
        ElectionTimeoutMax = TimeSpan.FromMilliseconds(160),
        HeartbeatInterval = TimeSpan.FromMilliseconds(20),
        SnapshotEntries = 40,
        SnapshotTrailingEntries = 10,
        SnapshotChunkBytes = 512,
        MaxEntriesPerAppend = 16,
        WalSegmentBytes = 8 << 10,
    };

    private readonly List<LocalServer> servers = [];

    private LocalCluster()
    {
    }

    public LocalNetwork Network { get; } = new();

    public int Count => servers.Count;

    public LocalServer this[int number] => servers[number];

    /// <summary>Opens the servers' storages, and starts the servers.</summary>
    /// <param name="directory">Where their directories are.</param>
    /// <param name="history">Is told what happens to their storages.</param>
    /// <param name="onUnhandled">As of <see cref="ThreadPoolTaskStarter"/>.</param>
    public static async Task<LocalCluster> StartAsync(string directory, HistoryLog history, Action<string, Exception> onUnhandled)
    {
        var cluster = new LocalCluster();
        NodeId[] members = [.. Enumerable.Range(0, Servers).Select(number => new NodeId(number))];
        foreach (var id in members)
        {
            var files = new DirectoryFileSystem(Path.Combine(directory, id.ToString()));
            var seams = new RaftSeams(new SystemClock(), new SystemRandomness(), cluster.Network.For(id), files, new ThreadPoolTaskStarter(onUnhandled));
            var machine = new KeyValueStateMachine();
            var node = await RaftNode.OpenAsync(id, members, Options, seams, machine, new StorageObserver(id, history));
            cluster.servers.Add(new LocalServer(node, machine));
            cluster.Network.Attach(id, node);
        }

        foreach (var server in cluster.servers)
        {
            server.Node.Run();
        }

        return cluster;
    }

    public void Stop()
    {
        foreach (var server in servers)
        {
            server.Node.Stop();
        }
    }
}
