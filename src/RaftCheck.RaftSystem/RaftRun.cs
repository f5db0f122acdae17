using RaftCheck.Raft;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Seams;
using RaftCheck.RaftSystem.Hosting;
using RaftCheck.RaftSystem.Oracle;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem;

/// <summary>One run of the Raft: its servers, and the oracle that sees them.</summary>
internal sealed class RaftRun(RaftOracle oracle) : ISystemRun
{
    public async Task<IServer> StartServerAsync(IServerHost host)
    {
        var id = new NodeId(host.Server);
        var members = Enumerable.Range(0, host.ClusterSize).Select(server => new NodeId(server)).ToArray();
        var settings = host.Settings;
        var options = new RaftOptions
        {
            ElectionTimeoutMin = TimeSpan.FromMilliseconds(settings.ElectionTimeoutMinMs),
            ElectionTimeoutMax = TimeSpan.FromMilliseconds(settings.ElectionTimeoutMaxMs),
            HeartbeatInterval = TimeSpan.FromMilliseconds(settings.HeartbeatMs),
            ElectionCheckInterval = TimeSpan.FromMilliseconds(settings.ElectionCheckMs),
            MaxEntriesPerAppend = settings.MaxEntriesPerAppend,
        };
        var seam = new HostSeams(host);
        var seams = new RaftSeams(seam, seam, seam, seam, seam);
        var node = await RaftNode.OpenAsync(id, members, options, seams, new KeyValueStateMachine(), new OracleObserver(id, oracle));
        node.Run();
        return new RaftServer(node);
    }

    public int? FindLeader() => oracle.FindLeader()?.Value;

    public int AbstractState => oracle.AbstractState;

    public void ServerCrashed(int server) => oracle.Crashed(new NodeId(server));

    public string Describe(object detail) => RaftDescriber.Describe(detail);
}
