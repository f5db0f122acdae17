using RaftCheck.Raft;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Seams;
using RaftCheck.RaftSystem.Hosting;
using RaftCheck.RaftSystem.Oracle;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem;

/// <summary>One run of the Raft: its servers, and the oracle that sees them.</summary>
internal sealed class RaftRun(RaftOracle oracle, IRunRecorder recorder) : ISystemRun
{
    public async Task<IServer> StartServerAsync(IServerHost host)
    {
        var id = new NodeId(host.Server);
        var settings = host.Settings;
        var voters = host.ClusterSize - settings.Spares;
        var bootstrap = host.Server < voters
            ? ClusterConfiguration.Of(Enumerable.Range(0, voters).Select(server => new NodeId(server)))
            : ClusterConfiguration.Empty;
        var options = Options(settings, isLowPriority: ((settings.LowPriority >> host.Server) & 1) == 1);
        var seam = new HostSeams(host, oracle);
        var seams = new RaftSeams(seam, seam, seam, seam, seam);
        var store = new KeyValueStateMachine();
        var digesting = new DigestingStore(store);
        var node = await RaftNode.OpenAsync(id, bootstrap, options, seams, digesting, new OracleObserver(id, oracle, recorder, digesting));
        node.Run();
        return new RaftServer(id, node, store, settings.Reads, oracle);
    }

    private static RaftOptions Options(SystemSettings settings, bool isLowPriority) => new()
    {
        ElectionTimeoutMin = TimeSpan.FromMilliseconds(settings.ElectionTimeoutMinMs),
        ElectionTimeoutMax = TimeSpan.FromMilliseconds(settings.ElectionTimeoutMaxMs),
        HeartbeatInterval = TimeSpan.FromMilliseconds(settings.HeartbeatMs),
        ElectionCheckInterval = TimeSpan.FromMilliseconds(settings.ElectionCheckMs),
        MaxEntriesPerAppend = settings.MaxEntriesPerAppend,
        PreVote = settings.PreVote,
        CheckQuorum = settings.CheckQuorum,
        ElectionPriority = isLowPriority ? 50 : 100,
        ClockDriftBound = 0,
        SnapshotEntries = settings.SnapshotEntries,
        SnapshotTrailingEntries = settings.SnapshotTrailingEntries,
        SnapshotChunkBytes = settings.SnapshotChunkBytes,
        MaxInFlightAppends = settings.MaxInFlightAppends,
        MaxUncommittedEntries = settings.MaxUncommittedEntries,
        MaxSessions = settings.MaxSessions,
        SessionTimeout = TimeSpan.FromMilliseconds(settings.SessionTimeoutMs),
        WalSegmentBytes = settings.WalSegmentBytes,
        LeadershipTransferTimeout = TimeSpan.FromMilliseconds(settings.TransferTimeoutMs),
    };

    public int? FindLeader() => oracle.FindLeader()?.Value;

    public int AbstractState => oracle.AbstractState;

    public void ServerCrashed(int server) => oracle.Crashed(new NodeId(server));

    public string Describe(object detail) => RaftDescriber.Describe(detail);
}
