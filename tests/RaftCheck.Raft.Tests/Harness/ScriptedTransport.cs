using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>One RPC that the node has sent. The test answers it when it likes, or never.</summary>
internal sealed class Call<TRequest, TReply>(SingleThread thread, NodeId to, TRequest request)
    where TReply : class
{
    private readonly TaskCompletionSource<TReply?> completion = new();

    public NodeId To { get; } = to;

    public TRequest Request { get; } = request;

    public Task<TReply?> Completion => completion.Task;

    /// <summary>Delivers the reply; null stands for the transport's time limit.</summary>
    public void Reply(TReply? reply) => thread.Do(() =>
    {
        completion.SetResult(reply);
        return true;
    });
}

/// <summary>A network whose every delivery is decided by the test.</summary>
internal sealed class ScriptedTransport(SingleThread thread) : ITransport
{
    /// <summary>The RequestVote calls, oldest first.</summary>
    public List<Call<RequestVoteRequest, RequestVoteReply>> Votes { get; } = [];

    /// <summary>The AppendEntries calls, oldest first.</summary>
    public List<Call<AppendEntriesRequest, AppendEntriesReply>> Appends { get; } = [];

    /// <summary>Runs inside each call to the transport.</summary>
    public Action? OnSend { get; set; }

    /// <summary>Answers AppendEntries before the call returns; null for never. Its own null stands for a failure.</summary>
    public Func<AppendEntriesRequest, AppendEntriesReply?>? AnswerAtOnce { get; set; }

    public Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request)
    {
        OnSend?.Invoke();
        Votes.Add(new(thread, peer, request));
        return Votes[^1].Completion;
    }

    public Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request)
    {
        OnSend?.Invoke();
        Appends.Add(new(thread, peer, request));
        Assert.True(Appends.Count < 10_000, "The node calls the network in a circle.");
        return AnswerAtOnce is null ? Appends[^1].Completion : Task.FromResult(AnswerAtOnce(request));
    }

    /// <summary>The InstallSnapshot calls, oldest first.</summary>
    public List<Call<InstallSnapshotRequest, InstallSnapshotReply>> Snapshots { get; } = [];

    /// <summary>The TimeoutNow calls, oldest first.</summary>
    public List<Call<TimeoutNowRequest, TimeoutNowReply>> TimeoutNows { get; } = [];

    /// <summary>The ReadIndex calls, oldest first.</summary>
    public List<Call<ReadIndexRequest, ReadIndexReply>> ReadIndexes { get; } = [];

    public Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request)
    {
        OnSend?.Invoke();
        Snapshots.Add(new(thread, peer, request));
        return Snapshots[^1].Completion;
    }

    public Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request)
    {
        OnSend?.Invoke();
        TimeoutNows.Add(new(thread, peer, request));
        return TimeoutNows[^1].Completion;
    }

    public Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request)
    {
        OnSend?.Invoke();
        ReadIndexes.Add(new(thread, peer, request));
        return ReadIndexes[^1].Completion;
    }
}
