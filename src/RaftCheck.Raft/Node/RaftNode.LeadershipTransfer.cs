using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Node;

namespace RaftCheck.Raft;

/// <summary>
/// Leadership transfer (dissertation, §3.10): the leader takes no more commands, brings the target up to date, and tells it
/// to stand for election at once. If no newer term has begun in time, it goes on as before.
/// </summary>
public sealed partial class RaftNode
{
    private Transfer? transfer;

    /// <summary>
    /// The term in which this leader has told somebody to stand for election. That request may be under way for long, and
    /// the election that it begins does not wait for any lease to end: so there are none in this term any more.
    /// </summary>
    private Term leaseForfeitedIn;

    private sealed record Transfer(NodeId Target, Term Term, TimeSpan Deadline, TaskCompletionSource<TransferResult> Completion);

    /// <summary>Hands the leadership over. Commands are refused until it is done, or has failed.</summary>
    /// <param name="target">The server that is to lead; a voter.</param>
    /// <returns>What came of it, after <see cref="RaftOptions.LeadershipTransferTimeout"/> at the latest.</returns>
    public async Task<TransferResult> TransferLeadershipAsync(NodeId target)
    {
        Transfer begun;
        lock (mutex)
        {
            if (FindTransferProblemLocked(target) is { } problem)
            {
                return problem;
            }

            begun = new Transfer(
                target,
                currentTerm,
                seams.Clock.Now + options.LeadershipTransferTimeout,
                new TaskCompletionSource<TransferResult>(TaskCreationOptions.RunContinuationsAsynchronously));
            transfer = begun;
            observer?.LeadershipTransfer(target, TransferEvent.Begun);
        }

        seams.Tasks.Start("leadership transfer", () => TransferLoopAsync(begun));
        return await begun.Completion.Task;
    }

    private TransferResult? FindTransferProblemLocked(NodeId target) =>
        role != Role.Leader || stopped ? TransferResult.NotLeader
        : transfer is not null ? TransferResult.AlreadyUnderWay
        : target == id || !Configuration.IsVoter(target) ? TransferResult.NoSuchTarget
        : null;

    /// <summary>Tells the target as soon as it has the whole log, and again with each heartbeat, until the time is over.</summary>
    private async Task TransferLoopAsync(Transfer begun)
    {
        while (true)
        {
            lock (mutex)
            {
                if (transfer != begun)
                {
                    return;
                }

                if (seams.Clock.Now >= begun.Deadline || FindProgressLocked(begun.Target) is not { } target)
                {
                    EndTransferLocked(TransferResult.TimedOut);
                    return;
                }

                if (target.MatchIndex == log.LastIndex)
                {
                    leaseForfeitedIn = currentTerm;
                    observer?.LeadershipTransfer(begun.Target, TransferEvent.TimeoutNowSent);
                    seams.Tasks.Start("TimeoutNow", () => TimeoutNowAsync(begun));
                }
            }

            await seams.Clock.Delay(options.HeartbeatInterval);
        }
    }

    private async Task TimeoutNowAsync(Transfer begun)
    {
        var reply = await seams.Transport.CallAsync(begun.Target, new TimeoutNowRequest(begun.Term, id));
        if (reply is null)
        {
            return;
        }

        lock (mutex)
        {
            if (!stopped)
            {
                AdoptNewerTermLocked(reply.Term);
            }
        }
    }

    private void EndTransferLocked(TransferResult result)
    {
        if (transfer is { } ended)
        {
            transfer = null;
            observer?.LeadershipTransfer(ended.Target, result == TransferResult.Succeeded ? TransferEvent.Succeeded : TransferEvent.Failed);
            ended.Completion.SetResult(result);
        }
    }

    /// <summary>Stands for election at once, without a pre-vote, because the leader says so.</summary>
    /// <param name="request">The leader's request.</param>
    public Task<TimeoutNowReply> HandleAsync(TimeoutNowRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (mutex)
        {
            if (!FollowLeaderLocked(request.Term, request.LeaderId) || !Configuration.IsVoter(id))
            {
                return Task.FromResult(new TimeoutNowReply(currentTerm, false));
            }

            BeginElectionLocked(isTransfer: true);

            // The old term: the new one shows itself in the requests for votes, once it is on disk.
            return Task.FromResult(new TimeoutNowReply(request.Term, true));
        }
    }
}
