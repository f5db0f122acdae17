using RaftCheck.Linearizability;
using RaftCheck.Raft;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Messages;
using RaftCheck.RaftSystem.Oracle;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem;

/// <summary>A running Raft server, as the world calls it.</summary>
internal sealed class RaftServer(NodeId id, RaftNode node, KeyValueStateMachine store, ReadPath reads, RaftOracle oracle) : IServer
{
    public async ValueTask<object> HandleAsync(int from, object request) => request switch
    {
        AppendEntriesRequest append => Noted(append, await node.HandleAsync(append)),
        RequestVoteRequest vote => Noted(vote, await node.HandleAsync(vote)),
        TimeoutNowRequest timeoutNow => await node.HandleAsync(timeoutNow),
        ReadIndexRequest readIndex => await node.HandleAsync(readIndex),
        InstallSnapshotRequest snapshot => Noted(snapshot, await node.HandleAsync(snapshot)),
        _ => throw new ArgumentException($"A Raft server has no handler for {request.GetType().Name}.", nameof(request)),
    };

    /// <summary>From here on the answer is a promise.</summary>
    private AppendEntriesReply Noted(AppendEntriesRequest request, AppendEntriesReply reply)
    {
        if (reply.Success)
        {
            oracle.LogPromised(id, reply.Term, request.LastVerifiedIndex, request.Entries.Count > 0 ? request.Entries[^1].Term : request.PrevLogTerm);
        }

        return reply;
    }

    private RequestVoteReply Noted(RequestVoteRequest request, RequestVoteReply reply)
    {
        if (reply.VoteGranted && !request.IsPreVote)
        {
            oracle.VotePromised(id, reply.Term, request.CandidateId);
        }

        return reply;
    }

    private InstallSnapshotReply Noted(InstallSnapshotRequest request, InstallSnapshotReply reply)
    {
        if (reply.Installed)
        {
            oracle.LogPromised(id, reply.Term, request.Snapshot.LastIncludedIndex, request.Snapshot.LastIncludedTerm);
        }

        return reply;
    }

    public async Task<SessionReply> OpenSessionAsync()
    {
        var result = await node.RegisterClientAsync();
        return new SessionReply(result.Outcome == ProposeOutcome.Applied ? result.Index.Value : 0, result.LeaderHint?.Value ?? -1);
    }

    public async Task<string> OperateAsync(OperatorAction action) => action.Kind switch
    {
        OperatorKind.TransferLeadership => (await node.TransferLeadershipAsync(new NodeId(action.Target))).ToString(),
        OperatorKind.TakeSnapshot => await node.TakeSnapshotAsync() is { } taken ? $"up to index {taken.LastIncludedIndex}" : "none",
        _ => await ChangeAsync(ChangeOf(action)),
    };

    private async Task<string> ChangeAsync(ConfigurationChange change)
    {
        var result = await node.ChangeConfigurationAsync(change);
        return $"{result.Outcome} {result.Reason}".TrimEnd();
    }

    private static ConfigurationChange ChangeOf(OperatorAction action)
    {
        var server = new NodeId(action.Target);
        return action.Kind switch
        {
            OperatorKind.AddVoter => ConfigurationChange.AddVoter(server),
            OperatorKind.AddLearner => ConfigurationChange.AddLearner(server),
            OperatorKind.RemoveServer => ConfigurationChange.Remove(server),
            OperatorKind.DemoteVoter => ConfigurationChange.DemoteVoter(server),
            _ => ConfigurationChange.Replace(Enumerable.Range(0, 31).Where(i => ((action.Group >> i) & 1) == 1).Select(i => new NodeId(i))),
        };
    }

    public async Task<ClientReply> ExecuteAsync(ClientRequest request)
    {
        if (request.F == "get" && reads != ReadPath.Log)
        {
            return await ReadAsync(request.Key);
        }

        var command = new KeyValueCommand(RaftSystemUnderTest.OperationOf(request.F), request.Key, request.Value, request.Expected);
        var result = await node.ProposeAsync(command.Encode(), new ClientSequence(request.Session, request.Sequence));
        var hint = result.LeaderHint?.Value ?? -1;
        return result.Outcome switch
        {
            ProposeOutcome.Applied => Answer(KeyValueResult.Decode(result.Result.Span)),
            ProposeOutcome.NotLeader or ProposeOutcome.Superseded or ProposeOutcome.Overloaded or ProposeOutcome.TransferInProgress => new ClientReply(ClientOutcome.Refused, LeaderHint: hint),
            ProposeOutcome.SessionExpired => new ClientReply(ClientOutcome.SessionExpired, LeaderHint: hint),
            _ => new ClientReply(ClientOutcome.Unknown, LeaderHint: hint),
        };
    }

    /// <summary>A read has no effect, so whatever became of an attempt, it may be tried elsewhere.</summary>
    private async Task<ClientReply> ReadAsync(string key)
    {
        var read = await node.ReadIndexAsync(reads == ReadPath.Lease ? ReadConsistency.Lease : ReadConsistency.ReadIndex);
        return read.Outcome == ReadOutcome.Ok
            ? new ClientReply(ClientOutcome.Ok, store.Get(key))
            : new ClientReply(ClientOutcome.Refused, LeaderHint: read.LeaderHint?.Value ?? -1);
    }

    private static ClientReply Answer(KeyValueResult result) => result.Outcome switch
    {
        KeyValueOutcome.Ok => new ClientReply(ClientOutcome.Ok, result.Value) { Log = Position(result) },
        KeyValueOutcome.Mismatch => new ClientReply(ClientOutcome.Mismatch) { Log = Position(result) },
        _ => new ClientReply(ClientOutcome.Unknown),
    };

    private static LogPosition Position(KeyValueResult result) => new(result.Term.Value, result.Index.Value);
}
