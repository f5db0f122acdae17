using System.Diagnostics;
using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>
/// Makes a client span of each RPC, after OpenTelemetry's conventions for RPCs. Heartbeats have none. Spans are stamped by
/// the machine's clock, so this is for production only, never for a simulated world. As safe for use by several threads
/// as the transport below it.
/// </summary>
/// <param name="self">The node that calls.</param>
/// <param name="inner">The transport that does the work.</param>
public sealed class TracingTransport(NodeId self, ITransport inner) : ITransport
{
    /// <summary>The name of the source of the spans.</summary>
    public const string SourceName = "RaftCheck.Raft";

    private static readonly ActivitySource Source = new(SourceName);

    /// <inheritdoc/>
    public Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("RequestVote", peer, request.Term, inner.CallAsync, request, reply => reply.VoteGranted ? "granted" : "refused");
    }

    /// <inheritdoc/>
    public Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Entries.Count == 0
            ? inner.CallAsync(peer, request)
            : TraceAsync("AppendEntries", peer, request.Term, inner.CallAsync, request, reply => reply.Success ? "accepted" : "refused");
    }

    /// <inheritdoc/>
    public Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("InstallSnapshot", peer, request.Term, inner.CallAsync, request, reply => reply.Installed ? "installed" : "incomplete");
    }

    /// <inheritdoc/>
    public Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("TimeoutNow", peer, request.Term, inner.CallAsync, request, reply => reply.Accepted ? "accepted" : "refused");
    }

    /// <inheritdoc/>
    public Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TraceAsync("ReadIndex", peer, request.Term, inner.CallAsync, request, reply => reply.ReadIndex is null ? "refused" : "confirmed");
    }

    private async Task<TReply?> TraceAsync<TRequest, TReply>(
        string method, NodeId peer, Term term, Func<NodeId, TRequest, Task<TReply?>> call, TRequest request, Func<TReply, string> outcome)
        where TReply : class
    {
        using var span = Source.StartActivity("Raft/" + method, ActivityKind.Client);
        span?.SetTag("rpc.system.name", "raft").SetTag("rpc.method", "Raft/" + method)
            .SetTag("raft.node.id", self.ToString()).SetTag("raft.peer.id", peer.ToString()).SetTag("raft.term", term.Value);
        try
        {
            var reply = await call(peer, request);
            if (reply is null)
            {
                span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", "timeout");
            }
            else
            {
                span?.SetTag("raft.outcome", outcome(reply));
            }

            return reply;
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", e.GetType().FullName);
            throw;
        }
    }
}
