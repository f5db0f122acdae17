using System.Diagnostics;
using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>
/// Makes a client span of each RPC, after OpenTelemetry's conventions for RPCs. Heartbeats have none. Spans are stamped by
/// the machine's clock, so this is for production only, never for a simulated world. As safe for use by several threads
/// as the transport below it. <see cref="TracingServer"/> makes the other side's spans.
/// </summary>
/// <param name="self">The node that calls.</param>
/// <param name="inner">The transport that does the work.</param>
public sealed class TracingTransport(NodeId self, ITransport inner) : ITransport
{
    /// <summary>The name of the source of the spans, of both sides.</summary>
    public const string SourceName = RpcSpan.SourceName;

    /// <inheritdoc/>
    public Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("RequestVote", peer, request.Term, () => inner.CallAsync(peer, request), RpcSpan.OutcomeOf);
    }

    /// <inheritdoc/>
    public Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Entries.Count == 0
            ? inner.CallAsync(peer, request)
            : TraceAsync("AppendEntries", peer, request.Term, () => inner.CallAsync(peer, request), RpcSpan.OutcomeOf);
    }

    /// <inheritdoc/>
    public Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("InstallSnapshot", peer, request.Term, () => inner.CallAsync(peer, request), RpcSpan.OutcomeOf);
    }

    /// <inheritdoc/>
    public Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("TimeoutNow", peer, request.Term, () => inner.CallAsync(peer, request), RpcSpan.OutcomeOf);
    }

    /// <inheritdoc/>
    public Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("ReadIndex", peer, request.Term, () => inner.CallAsync(peer, request), RpcSpan.OutcomeOf);
    }

    private Task<TReply?> TraceAsync<TReply>(string method, NodeId peer, Term term, Func<Task<TReply?>> call, Func<TReply, string> outcome)
        where TReply : class => RpcSpan.TraceAsync(ActivityKind.Client, method, self, peer, term, call, outcome);
}
