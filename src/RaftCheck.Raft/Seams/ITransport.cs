using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Seams;

/// <summary>
/// How a node calls its peers. The network may lose, delay, repeat and reorder both requests and replies.
/// Implementations are safe to call from any activity of the node.
/// </summary>
public interface ITransport
{
    /// <summary>Sends a request and waits for its reply.</summary>
    /// <param name="peer">The server to call.</param>
    /// <param name="request">The request.</param>
    /// <returns>The reply, or null if none came within the transport's own time limit.</returns>
    Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request);

    /// <summary>Sends a request and waits for its reply.</summary>
    /// <param name="peer">The server to call.</param>
    /// <param name="request">The request.</param>
    /// <returns>The reply, or null if none came within the transport's own time limit.</returns>
    Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request);
}
