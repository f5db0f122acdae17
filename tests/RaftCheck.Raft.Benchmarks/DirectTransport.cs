using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Benchmarks;

/// <summary>A call of the receiver's method, and nothing else: no copy, no delay, no loss, no allocation.</summary>
/// <param name="nodes">The servers, in the order of their numbers. All are there before any of them runs.</param>
internal sealed class DirectTransport(IReadOnlyList<RaftNode> nodes) : ITransport
{
    public Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request) => nodes[peer.Value].HandleAsync(request)!;

    public Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request) => nodes[peer.Value].HandleAsync(request)!;

    public Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request) => nodes[peer.Value].HandleAsync(request)!;

    public Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request) => nodes[peer.Value].HandleAsync(request)!;

    public Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request) => nodes[peer.Value].HandleAsync(request)!;
}
