using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Seams;

/// <summary>
/// How a node calls its peers. The network may lose, delay, repeat and reorder both requests and replies. Each call
/// completes with the reply, or with null if none came within the transport's own time limit.
/// Implementations are safe to call from any activity of the node.
/// </summary>
public interface ITransport
{
    /// <summary>Sends a request to a peer, and waits for its reply.</summary>
    /// <param name="peer">The server to call.</param>
    /// <param name="request">The request.</param>
    Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request);

    /// <inheritdoc cref="CallAsync(NodeId, RequestVoteRequest)"/>
    Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request);

    /// <inheritdoc cref="CallAsync(NodeId, RequestVoteRequest)"/>
    Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request);

    /// <inheritdoc cref="CallAsync(NodeId, RequestVoteRequest)"/>
    Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request);

    /// <inheritdoc cref="CallAsync(NodeId, RequestVoteRequest)"/>
    Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request);
}
