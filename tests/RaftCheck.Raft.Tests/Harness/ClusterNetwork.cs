using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>
/// A network in memory between real nodes. Each link can be cut in one direction; a message takes <see cref="Latency"/>.
/// Who sent what was lost finds out after <see cref="TimeLimit"/>.
/// </summary>
internal sealed class ClusterNetwork(IClock clock)
{
    private readonly HashSet<(NodeId From, NodeId To)> cut = [];
    private readonly Dictionary<NodeId, RaftNode> running = [];
    private readonly Dictionary<NodeId, TimeSpan> slowness = [];

    /// <summary>How long each message takes, one way.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>After how long a caller no longer waits.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether a request is lost, besides those on links that are cut: from, to, the request.</summary>
    public Func<NodeId, NodeId, object, bool>? Loses { get; set; }

    public void Cut(NodeId from, NodeId to) => cut.Add((from, to));

    public void Connect(NodeId from, NodeId to) => cut.Remove((from, to));

    public void ConnectAll() => cut.Clear();

    /// <summary>What is sent to a server takes that much longer.</summary>
    public void Slow(NodeId server, TimeSpan by) => slowness[server] = by;

    /// <summary>The server can be reached from now on.</summary>
    public void Attach(NodeId server, RaftNode node) => running[server] = node;

    public void Detach(NodeId server) => running.Remove(server);

    public ITransport For(NodeId server) => new Endpoint(this, server);

    private async Task<TReply?> CallAsync<TReply>(NodeId from, NodeId to, object request, Func<RaftNode, Task<TReply>> handle)
        where TReply : class
    {
        await clock.Delay(Latency + slowness.GetValueOrDefault(to));
        if (!cut.Contains((from, to)) && Loses?.Invoke(from, to, request) != true && running.TryGetValue(to, out var node))
        {
            var reply = await handle(node);
            await clock.Delay(Latency);
            if (!cut.Contains((to, from)) && running.GetValueOrDefault(to) == node)
            {
                return reply;
            }
        }

        await clock.Delay(TimeLimit);
        return null;
    }

    private sealed class Endpoint(ClusterNetwork network, NodeId self) : ITransport
    {
        public Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request) =>
            network.CallAsync(self, peer, request, node => node.HandleAsync(request));

        public Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request) =>
            network.CallAsync(self, peer, request, node => node.HandleAsync(request));

        public Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request) =>
            network.CallAsync(self, peer, request, node => node.HandleAsync(request));

        public Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request) =>
            network.CallAsync(self, peer, request, node => node.HandleAsync(request));

        public Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request) =>
            network.CallAsync(self, peer, request, node => node.HandleAsync(request));
    }
}
