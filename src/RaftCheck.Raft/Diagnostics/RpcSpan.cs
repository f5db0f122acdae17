using System.Diagnostics;
using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>One span of an RPC, the caller's or the called server's, after OpenTelemetry's conventions for RPCs.</summary>
internal static class RpcSpan
{
    /// <summary>The name of the source of the spans.</summary>
    public const string SourceName = "RaftCheck.Raft";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Does one side of an RPC in a span of its own.</summary>
    /// <param name="kind">Which side: client or server.</param>
    /// <param name="method">The RPC's name in the paper.</param>
    /// <param name="self">The node whose side it is.</param>
    /// <param name="peer">The node on the other side.</param>
    /// <param name="term">The request's term.</param>
    /// <param name="work">What the side does; null where no reply came.</param>
    /// <param name="outcome">The reply in a word.</param>
    public static async Task<TReply?> TraceAsync<TReply>(
        ActivityKind kind, string method, NodeId self, NodeId peer, Term term, Func<Task<TReply?>> work, Func<TReply, string> outcome)
        where TReply : class
    {
        using var span = Source.StartActivity("Raft/" + method, kind);
        span?.SetTag("rpc.system.name", "raft").SetTag("rpc.method", "Raft/" + method)
            .SetTag("raft.node.id", self.ToString()).SetTag("raft.peer.id", peer.ToString()).SetTag("raft.term", term.Value);
        try
        {
            var reply = await work();
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

    public static string OutcomeOf(RequestVoteReply reply) => reply.VoteGranted ? "granted" : "refused";

    public static string OutcomeOf(AppendEntriesReply reply) => reply.Success ? "accepted" : "refused";

    public static string OutcomeOf(InstallSnapshotReply reply) => reply.Installed ? "installed" : "incomplete";

    public static string OutcomeOf(TimeoutNowReply reply) => reply.Accepted ? "accepted" : "refused";

    public static string OutcomeOf(ReadIndexReply reply) => reply.ReadIndex is null ? "refused" : "confirmed";
}
