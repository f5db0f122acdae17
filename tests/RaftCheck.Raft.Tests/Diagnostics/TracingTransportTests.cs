using System.Diagnostics;
using RaftCheck.Raft.Diagnostics;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Diagnostics;

/// <summary>Proves that each RPC is a client span that says to whom, in which term, and how it ended.</summary>
public class TracingTransportTests
{
    [Fact]
    public void A_call_is_a_span_with_its_outcome_and_a_lost_one_is_an_error_and_a_heartbeat_is_none()
    {
        using var recorder = new SpanRecorder(ActivityKind.Client);
        var spans = recorder.Spans;
        var thread = new SingleThread();
        var network = new ScriptedTransport(thread);
        var tracing = new TracingTransport(Server(0), network);

        var vote = thread.Do(() => tracing.CallAsync(Server(1), Vote(7)));
        network.Votes[0].Reply(Granted(7));
        var lost = thread.Do(() => tracing.CallAsync(Server(2), Append(7, entries: [7])));
        network.Appends[0].Reply(null);
        _ = thread.Do(() => tracing.CallAsync(Server(2), Append(7)));
        network.Appends[1].Reply(Accepted(7));

        Assert.True(vote.Now()!.VoteGranted);
        Assert.Null(lost.Now());
        Assert.Equal(["Raft/RequestVote", "Raft/AppendEntries"], spans.Select(s => s.OperationName));
        Assert.Equal(("n1", 7L, "granted"), (spans[0].GetTagItem("raft.peer.id"), spans[0].GetTagItem("raft.term"), spans[0].GetTagItem("raft.outcome")));
        Assert.Equal((ActivityStatusCode.Error, "timeout"), (spans[1].Status, spans[1].GetTagItem("error.type")));
    }
}
