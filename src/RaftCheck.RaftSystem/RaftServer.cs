using RaftCheck.Linearizability;
using RaftCheck.Raft;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Messages;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem;

/// <summary>A running Raft server, as the world calls it.</summary>
internal sealed class RaftServer(RaftNode node) : IServer
{
    public async ValueTask<object> HandleAsync(int from, object request) => request switch
    {
        AppendEntriesRequest append => await node.HandleAsync(append),
        RequestVoteRequest vote => await node.HandleAsync(vote),
        InstallSnapshotRequest snapshot => await node.HandleAsync(snapshot),
        TimeoutNowRequest timeoutNow => await node.HandleAsync(timeoutNow),
        ReadIndexRequest readIndex => await node.HandleAsync(readIndex),
        _ => throw new ArgumentException($"A Raft server has no handler for {request.GetType().Name}.", nameof(request)),
    };

    public async Task<SessionReply> OpenSessionAsync()
    {
        var result = await node.RegisterClientAsync();
        return new SessionReply(result.Outcome == ProposeOutcome.Applied ? result.Index.Value : 0, result.LeaderHint?.Value ?? -1);
    }

    public async Task<ClientReply> ExecuteAsync(ClientRequest request)
    {
        var command = new KeyValueCommand(RaftSystemUnderTest.OperationOf(request.F), request.Key, request.Value, request.Expected);
        var result = await node.ProposeAsync(command.Encode(), new ClientSequence(request.Session, request.Sequence));
        var hint = result.LeaderHint?.Value ?? -1;
        return result.Outcome switch
        {
            ProposeOutcome.Applied => Answer(KeyValueResult.Decode(result.Result.Span)),
            ProposeOutcome.NotLeader or ProposeOutcome.Superseded or ProposeOutcome.Overloaded or ProposeOutcome.TransferInProgress => new ClientReply(ClientOutcome.Refused, LeaderHint: hint),
            _ => new ClientReply(ClientOutcome.Unknown, LeaderHint: hint),
        };
    }

    private static ClientReply Answer(KeyValueResult result) => result.Outcome switch
    {
        KeyValueOutcome.Ok => new ClientReply(ClientOutcome.Ok, result.Value) { Log = Position(result) },
        KeyValueOutcome.Mismatch => new ClientReply(ClientOutcome.Mismatch) { Log = Position(result) },
        _ => new ClientReply(ClientOutcome.Unknown),
    };

    private static LogPosition Position(KeyValueResult result) => new(result.Term.Value, result.Index.Value);
}
