using RaftCheck.Raft.KeyValue;

namespace RaftCheck.Raft.Host;

/// <summary>
/// How a client calls the cluster: it looks for the leader, sends a command again under the same number when it gets no
/// answer, and gives up when its time is over. One operation at a time.
/// </summary>
internal sealed class ClusterClient(LocalCluster cluster, Workload choices)
{
    private static readonly TimeSpan OperationTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(5);

    private int target;

    /// <summary>Opens a session.</summary>
    /// <returns>Its identity; 0 if there was no leader in time.</returns>
    public async Task<long> OpenSessionAsync()
    {
        var (result, _) = await ProposeAsync(node => node.RegisterClientAsync());
        return result?.Outcome == ProposeOutcome.Applied ? result.Index.Value : 0;
    }

    /// <summary>Does an operation, and says how it ended.</summary>
    public async Task<Completion> DoAsync(Operation operation, ClientSequence client)
    {
        if (operation.F == "get" && !choices.OneIn(3))
        {
            return await ReadAsync(operation.Key, choices.OneIn(2) ? ReadConsistency.Lease : ReadConsistency.ReadIndex);
        }

        var (result, mayHaveHappened) = await SendAsync(operation, client);
        return result?.Outcome switch
        {
            ProposeOutcome.Applied => Completion.Of(KeyValueResult.Decode(result.Result.Span)),
            ProposeOutcome.ResponseDiscarded when operation.F is "put" or "append" => new Completion("ok"),
            _ when mayHaveHappened => Completion.Unknown($"{result?.Outcome.ToString() ?? "no answer"}"),
            _ => Completion.NotDone($"{result?.Outcome.ToString() ?? "no leader"}"),
        };
    }

    /// <summary>Sends a command under its number, now and then twice at once: it must take effect once all the same.</summary>
    /// <returns>The last answer, null if there was none, and whether the command may have taken effect without an answer.</returns>
    public Task<(ProposeResult? Result, bool MayHaveHappened)> SendAsync(Operation operation, ClientSequence client)
    {
        var command = operation.Encode();
        return ProposeAsync(node =>
        {
            var answer = node.ProposeAsync(command, client);
            if (choices.OneIn(8))
            {
                _ = node.ProposeAsync(command, client);
            }

            return answer;
        });
    }

    private async Task<(ProposeResult? Result, bool MayHaveHappened)> ProposeAsync(Func<RaftNode, Task<ProposeResult>> propose)
    {
        ProposeResult? result = null;
        var mayHaveHappened = false;
        for (var giveUp = new Deadline(OperationTimeout); !giveUp.HasPassed;)
        {
            result = await AnswerAsync(propose(cluster[target].Node));
            switch (result?.Outcome)
            {
                case null or ProposeOutcome.Unknown:
                    mayHaveHappened = true;
                    break;
                case ProposeOutcome.NotLeader or ProposeOutcome.Superseded or ProposeOutcome.Overloaded or ProposeOutcome.TransferInProgress:
                    break;
                default:
                    return (result, mayHaveHappened);
            }

            await TryElsewhereAsync(result?.LeaderHint);
        }

        return (result, mayHaveHappened);
    }

    /// <summary>A read that is no entry of the log, of whichever server's state machine (dissertation, §6.4).</summary>
    private async Task<Completion> ReadAsync(string key, ReadConsistency consistency)
    {
        var server = choices.Any(cluster.Count);
        for (var giveUp = new Deadline(OperationTimeout); !giveUp.HasPassed;)
        {
            var result = await AnswerAsync(cluster[server].Node.ReadIndexAsync(consistency));
            if (result?.Outcome == ReadOutcome.Ok)
            {
                return new Completion("ok", cluster[server].Machine.Get(key));
            }

            await Task.Delay(RetryDelay);
            server = choices.Any(cluster.Count);
        }

        return Completion.NotDone("no leader");
    }

    private async Task TryElsewhereAsync(NodeId? leader)
    {
        target = leader is { } hint && hint.Value != target ? hint.Value : (target + 1) % cluster.Count;
        await Task.Delay(RetryDelay);
    }

    /// <summary>The answer; null if none comes in time.</summary>
    private static async Task<T?> AnswerAsync<T>(Task<T> answer)
        where T : class => await Task.WhenAny(answer, Task.Delay(AttemptTimeout)) == answer ? await answer : null;
}
