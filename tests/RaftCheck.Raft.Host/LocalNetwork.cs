using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Host;

/// <summary>
/// The network between servers of one process: a call of the receiver's method. A server can be cut off, so that it falls
/// behind as far as to need a snapshot. Safe for use by several threads.
/// </summary>
internal sealed class LocalNetwork
{
    /// <summary>After how long a caller no longer waits for a server that was cut off, or does not run yet.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(30);

    private readonly object mutex = new();
    private readonly Dictionary<NodeId, RaftNode> running = [];
    private NodeId? cutOff;

    public void Attach(NodeId server, RaftNode node)
    {
        lock (mutex)
        {
            running.Add(server, node);
        }
    }

    /// <summary>Nobody hears from this server, nor it from anybody; null to heal the network.</summary>
    public void CutOff(NodeId? server)
    {
        lock (mutex)
        {
            cutOff = server;
        }
    }

    /// <summary>The network as one server sees it.</summary>
    public ITransport For(NodeId server) => new Endpoint(this, server);

    private RaftNode? Reach(NodeId from, NodeId to)
    {
        lock (mutex)
        {
            return cutOff == from || cutOff == to ? null : running.GetValueOrDefault(to);
        }
    }

    private async Task<TReply?> CallAsync<TReply>(NodeId from, NodeId to, Func<RaftNode, Task<TReply>> handle)
        where TReply : class
    {
        if (Reach(from, to) is { } node)
        {
            var reply = await handle(node);
            if (Reach(to, from) is not null)
            {
                return reply;
            }
        }

        await Task.Delay(TimeLimit);
        return null;
    }

    private sealed class Endpoint(LocalNetwork network, NodeId self) : ITransport
    {
        public Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request) =>
            network.CallAsync(self, peer, node => node.HandleAsync(request));

        public Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request) =>
            network.CallAsync(self, peer, node => node.HandleAsync(request));

        public Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request) =>
            network.CallAsync(self, peer, node => node.HandleAsync(request));

        public Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request) =>
            network.CallAsync(self, peer, node => node.HandleAsync(request));

        public Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request) =>
            network.CallAsync(self, peer, node => node.HandleAsync(request));
    }
}
