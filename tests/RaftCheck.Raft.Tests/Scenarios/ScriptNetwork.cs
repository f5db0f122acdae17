using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>
/// A network on which nothing arrives by itself: requests and replies lie in one list, in the order in which they were
/// sent, until the script delivers or loses them.
/// </summary>
internal sealed class ScriptNetwork(Action<string> log)
{
    private readonly List<Message> messages = [];

    /// <summary>A request, or the reply to one. What becomes of it is the script's decision.</summary>
    /// <param name="From">Who sent it.</param>
    /// <param name="To">Who is to receive it.</param>
    /// <param name="Text">The message in the paper's words.</param>
    /// <param name="Deliver">Gives it to the receiver.</param>
    /// <param name="Lose">Lets the caller's time limit end.</param>
    internal sealed record Message(NodeId From, NodeId To, string Text, Action Deliver, Action Lose);

    public IReadOnlyList<Message> UnderWay => messages;

    public Func<NodeId, ScriptServer?> FindServer { get; set; } = _ => null;

    public Task<TReply?> CallAsync<TReply>(NodeId from, NodeId to, object request)
        where TReply : class
    {
        var completion = new TaskCompletionSource<TReply?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var text = MessageText.Describe(request);
        log($"{from} -> {to} {text}");
        messages.Add(new Message(from, to, text, () => _ = HandleAsync(from, to, request, completion), () => completion.TrySetResult(null)));
        return completion.Task;
    }

    /// <summary>Takes the first message that fits out of the list, and delivers it.</summary>
    /// <returns>False if there is none.</returns>
    public bool DeliverNext(Predicate<Message> fits)
    {
        var at = messages.FindIndex(fits);
        if (at < 0)
        {
            return false;
        }

        var message = messages[at];
        messages.RemoveAt(at);
        log($"{message.From} => {message.To} {message.Text}");
        message.Deliver();
        return true;
    }

    /// <summary>Delivers a message and leaves a copy of it under way.</summary>
    public bool RepeatFirst(Predicate<Message> fits)
    {
        var at = messages.FindIndex(fits);
        if (at < 0)
        {
            return false;
        }

        log($"{messages[at].From} => {messages[at].To} {messages[at].Text} (and a copy stays under way)");
        messages[at].Deliver();
        return true;
    }

    /// <summary>Loses all messages that fit.</summary>
    public int Lose(Predicate<Message> fits)
    {
        var lost = messages.FindAll(fits);
        messages.RemoveAll(fits);
        foreach (var message in lost)
        {
            log($"{message.From} -> {message.To} {message.Text} (lost)");
            message.Lose();
        }

        return lost.Count;
    }

    private async Task HandleAsync<TReply>(NodeId from, NodeId to, object request, TaskCompletionSource<TReply?> completion)
        where TReply : class
    {
        var server = FindServer(to);
        if (server?.Node is null)
        {
            log($"{to} is down");
        }

        var reply = server is null ? null : (TReply?)await server.HandleAsync(request);
        if (reply is null)
        {
            completion.TrySetResult(null);
            return;
        }

        var text = MessageText.Describe(reply);
        log($"{to} -> {from} {text}");
        messages.Add(new Message(to, from, text, () => completion.TrySetResult(reply), () => completion.TrySetResult(null)));
    }
}

/// <summary>The network as one server's transport.</summary>
internal sealed class ScriptTransport(ScriptNetwork network, NodeId id) : ITransport
{
    public Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request) => network.CallAsync<RequestVoteReply>(id, peer, request);

    public Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request) => network.CallAsync<AppendEntriesReply>(id, peer, request);

    public Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request) => network.CallAsync<InstallSnapshotReply>(id, peer, request);

    public Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request) => network.CallAsync<TimeoutNowReply>(id, peer, request);

    public Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request) => network.CallAsync<ReadIndexReply>(id, peer, request);
}
