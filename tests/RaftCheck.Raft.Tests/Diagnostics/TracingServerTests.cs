using System.Diagnostics;
using RaftCheck.Raft.Diagnostics;
using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Diagnostics;

/// <summary>Proves that each request that a node answers is a server span that says whose it was, and how it ended.</summary>
public sealed class TracingServerTests : IDisposable
{
    private readonly SpanRecorder recorder = new(ActivityKind.Server);
    private readonly NodeUnderTest node = new();
    private readonly TracingServer server;

    public TracingServerTests() => server = new TracingServer(Server(0), node.Node);

    public void Dispose() => recorder.Dispose();

    [Fact]
    public void Each_request_is_a_span_with_its_outcome()
    {
        Handle(() => server.HandleAsync(Vote(term: 1, candidate: 2)));
        Handle(() => server.HandleAsync(Vote(term: 1, candidate: 1)));
        Handle(() => server.HandleAsync(Append(term: 2, entries: [2])));
        Handle(() => server.HandleAsync(Append(term: 1, entries: [2], leader: 2)));
        Handle(() => server.HandleAsync(new ReadIndexRequest(new(2), Server(2))));
        var snapshot = LeaderSnapshot.Of(1, 2, 2);
        Handle(() => server.HandleAsync(snapshot.Chunk(term: 2, 0, 5)));
        Handle(() => server.HandleAsync(snapshot.Chunk(term: 2, 5, snapshot.Length - 5)));
        Handle(() => server.HandleAsync(TimeoutNow(term: 1)));
        Handle(() => server.HandleAsync(TimeoutNow(term: 2)));
        Assert.Equal(
            [
                "Raft/RequestVote n2 term 1: granted", "Raft/RequestVote n1 term 1: refused",
                "Raft/AppendEntries n1 term 2: accepted", "Raft/AppendEntries n2 term 1: refused",
                "Raft/ReadIndex n2 term 2: refused",
                "Raft/InstallSnapshot n1 term 2: incomplete", "Raft/InstallSnapshot n1 term 2: installed",
                "Raft/TimeoutNow n1 term 1: refused", "Raft/TimeoutNow n1 term 2: accepted",
            ],
            recorder.Spans.Select(span =>
                $"{span.OperationName} {span.GetTagItem("raft.peer.id")} term {span.GetTagItem("raft.term")}: {span.GetTagItem("raft.outcome")}"));
        Assert.All(recorder.Spans, span => Assert.Equal(
            ("raft", span.OperationName, "n0"),
            (span.GetTagItem("rpc.system.name"), span.GetTagItem("rpc.method"), span.GetTagItem("raft.node.id"))));
    }

    [Fact]
    public void A_heartbeat_is_answered_without_a_span()
    {
        Assert.True(Handle(() => server.HandleAsync(Append(term: 1))).Success);
        Assert.Empty(recorder.Spans);
    }

    [Fact]
    public void A_span_lasts_until_the_answer_is_there()
    {
        node.Disk.HoldFlushes = true;
        var answer = node.Do(() => server.HandleAsync(Append(term: 1, entries: [1])));
        Assert.Empty(recorder.Spans);
        node.CompleteFlush();
        Assert.True(answer.Now().Success);
        Assert.Single(recorder.Spans);
    }

    [Fact]
    public void The_span_in_which_the_host_handles_a_request_is_the_parent()
    {
        using var host = new Activity("host").Start();
        Handle(() => server.HandleAsync(Vote(term: 1)));
        Assert.Equal(host.SpanId, Assert.Single(recorder.Spans).ParentSpanId);
    }

    [Fact]
    public void A_node_that_has_stopped_answers_with_an_exception_and_its_span_is_an_error()
    {
        node.Disk.HoldFlushes = true;
        var answer = node.Do(() => server.HandleAsync(Vote(term: 1)));
        node.CompleteFlush(new IOException("The disk is gone."));
        Assert.True(answer.IsFaulted);
        var span = Assert.Single(recorder.Spans);
        Assert.Equal((ActivityStatusCode.Error, answer.Exception!.InnerException!.GetType().FullName), (span.Status, span.GetTagItem("error.type")));
    }

    private TReply Handle<TReply>(Func<Task<TReply>> request) => node.Do(request).Now();
}
