using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft;

/// <summary>Leadership transfer (dissertation, §3.10).</summary>
public sealed partial class RaftNode
{
    private Transfer? transfer;

    /// <summary>
    /// Whether TimeoutNow was sent in this term. It may arrive at any time while the term lasts, however late, and whoever
    /// receives it is voted for in spite of any lease: so there is none for the rest of the term (§6.4.1).
    /// </summary>
    private bool hasSentTimeoutNow;

    private sealed class Transfer(NodeId target, Term term)
    {
        public NodeId Target { get; } = target;

        public Term Term { get; } = term;

        public bool IsSent { get; set; }

        public TaskCompletionSource<TransferResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>
    /// Hands the leadership over to another voter. Commands are refused meanwhile, with
    /// <see cref="ProposeOutcome.TransferInProgress"/>, for <see cref="RaftOptions.LeadershipTransferTimeout"/> at the most.
    /// Until the next term there are no lease reads, even if the transfer fails.
    /// </summary>
    /// <param name="target">Who is to lead.</param>
    public Task<TransferResult> TransferLeadershipAsync(NodeId target)
    {
        lock (mutex)
        {
            if (role != Role.Leader || stopped || transfer is not null || target == id
                || !Configuration.Voters.Contains(target) || FindProgressLocked(target) is not { } follower)
            {
                return Task.FromResult(TransferResult.Refused);
            }

            var begun = transfer = new Transfer(target, currentTerm);
            observer?.LeadershipTransfer(target, TransferEvent.Begun);
            ReplicateLocked(follower);
            SendTimeoutNowLocked(again: false);
            seams.Tasks.Start("leadership transfer timeout", () => TimeOutTransferAsync(begun));
            return begun.Completion.Task;
        }
    }

    /// <summary>Answers a leader that hands over: this server stands for election at once, and asks nobody first (§3.10).</summary>
    /// <param name="request">The leader's request.</param>
    public async Task<TimeoutNowReply> HandleAsync(TimeoutNowRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        TimeoutNowReply reply;
        long position;
        lock (mutex)
        {
            if (role == Role.Leader || !FollowLeaderLocked(request.Term, request.LeaderId) || !Configuration.IsVoter(id))
            {
                return new TimeoutNowReply(currentTerm, false);
            }

            BeginElectionLocked(isTransfer: true);
            reply = new TimeoutNowReply(currentTerm, true);
            position = wal.Position;
        }

        return await WaitUntilDurableAsync(position) ? reply : new TimeoutNowReply(reply.Term, false);
    }

    /// <summary>Once the target has the whole log; and again with each heartbeat, because it may be lost.</summary>
    private void SendTimeoutNowLocked(bool again)
    {
        if (transfer is not { } current || (current.IsSent && !again) || FindProgressLocked(current.Target)?.MatchIndex != log.LastIndex)
        {
            return;
        }

        current.IsSent = true;
        hasSentTimeoutNow = true;
        observer?.LeadershipTransfer(current.Target, TransferEvent.TimeoutNowSent);
        StartTimeoutNowLocked(current, new TimeoutNowRequest(currentTerm, id));
    }

    private void StartTimeoutNowLocked(Transfer current, TimeoutNowRequest request) =>
        seams.Tasks.Start("TimeoutNow", () => TimeoutNowAsync(current, request));

    private async Task TimeoutNowAsync(Transfer current, TimeoutNowRequest request)
    {
        lock (mutex)
        {
            if (transfer != current)
            {
                return;
            }
        }

        var reply = await seams.Transport.CallAsync(current.Target, request);
        lock (mutex)
        {
            if (reply is not null && !stopped)
            {
                AdoptNewerTermLocked(reply.Term);
            }
        }
    }

    private async Task TimeOutTransferAsync(Transfer current)
    {
        await seams.Clock.Delay(options.LeadershipTransferTimeout);
        lock (mutex)
        {
            if (transfer == current)
            {
                EndTransferLocked(TransferResult.TimedOut);
            }
        }
    }

    /// <summary>The leadership is over: well, if a later term has begun; without a quorum, it is not.</summary>
    private void EndTransferWithLeadershipLocked() =>
        EndTransferLocked(transfer is { } current && currentTerm > current.Term ? TransferResult.Succeeded : TransferResult.TimedOut);

    private void EndTransferLocked(TransferResult result)
    {
        if (transfer is { } ended)
        {
            transfer = null;
            observer?.LeadershipTransfer(ended.Target, result == TransferResult.Succeeded ? TransferEvent.Succeeded : TransferEvent.Failed);
            ended.Completion.SetResult(result);
        }
    }
}
