using System.Diagnostics;
using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>
/// Makes a server span of each request that a node answers, after OpenTelemetry's conventions for RPCs: a host hands the
/// requests to this instead of to the node. Heartbeats have none. A span's parent is the activity in which the host
/// handles the request, so what carries the messages may hand on the caller's span. For production only, as
/// <see cref="TracingTransport"/> is, and from the same source. As safe for use by several threads as the node.
/// </summary>
/// <param name="self">The node.</param>
/// <param name="node">The node that answers.</param>
public sealed class TracingServer(NodeId self, RaftNode node)
{
    /// <inheritdoc cref="RaftNode.HandleAsync(RequestVoteRequest)"/>
    public Task<RequestVoteReply> HandleAsync(RequestVoteRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("RequestVote", request.CandidateId, request.Term, () => node.HandleAsync(request), RpcSpan.OutcomeOf);
    }

    /// <inheritdoc cref="RaftNode.HandleAsync(AppendEntriesRequest)"/>
    public Task<AppendEntriesReply> HandleAsync(AppendEntriesRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Entries.Count == 0
            ? node.HandleAsync(request)
            : TraceAsync("AppendEntries", request.LeaderId, request.Term, () => node.HandleAsync(request), RpcSpan.OutcomeOf);
    }

    /// <inheritdoc cref="RaftNode.HandleAsync(InstallSnapshotRequest)"/>
    public Task<InstallSnapshotReply> HandleAsync(InstallSnapshotRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("InstallSnapshot", request.LeaderId, request.Term, () => node.HandleAsync(request), RpcSpan.OutcomeOf);
    }

    /// <inheritdoc cref="RaftNode.HandleAsync(TimeoutNowRequest)"/>
    public Task<TimeoutNowReply> HandleAsync(TimeoutNowRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("TimeoutNow", request.LeaderId, request.Term, () => node.HandleAsync(request), RpcSpan.OutcomeOf);
    }

    /// <inheritdoc cref="RaftNode.HandleAsync(ReadIndexRequest)"/>
    public Task<ReadIndexReply> HandleAsync(ReadIndexRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("ReadIndex", request.From, request.Term, () => node.HandleAsync(request), RpcSpan.OutcomeOf);
    }

    private async Task<TReply> TraceAsync<TReply>(string method, NodeId caller, Term term, Func<Task<TReply>> handle, Func<TReply, string> outcome)
        where TReply : class
    {
        var reply = await RpcSpan.TraceAsync<TReply>(ActivityKind.Server, method, self, caller, term, async () => await handle(), outcome);
        return reply!;
    }
}
