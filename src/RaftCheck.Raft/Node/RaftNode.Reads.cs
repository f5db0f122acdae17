using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>
/// Reads that don't go through the log (dissertation, §6.4). A read index tells up to where the state machine must have
/// applied, so that it contains all that was committed when the read began. No read ever changes the commit index.
/// </summary>
public sealed partial class RaftNode
{
    private readonly AsyncCondition appliedAdvanced = new();

    /// <summary>Reads that wait for the leadership to be confirmed, in the order in which they came.</summary>
    private readonly Queue<PendingRead> reads = new();

    /// <summary>A read that waits.</summary>
    /// <param name="Round">Requests of this round, or later, were sent after the read began.</param>
    /// <param name="ReadIndex">What it may be served from, once the round is answered by a quorum.</param>
    /// <param name="Completion">Gets the read index, or null if the leadership ended first.</param>
    private sealed record PendingRead(long Round, LogIndex ReadIndex, TaskCompletionSource<LogIndex?> Completion);

    /// <summary>
    /// Waits until the state machine may be read: it then contains everything that was committed before this call. At a
    /// server that does not lead, the leader is asked.
    /// </summary>
    /// <param name="consistency">What the read may rely on.</param>
    /// <returns>
    /// The outcome. It can take for ever while no quorum can be reached: the caller decides how long it waits.
    /// </returns>
    public async Task<ReadResult> ReadIndexAsync(ReadConsistency consistency = ReadConsistency.ReadIndex)
    {
        Task<LogIndex?>? confirmed = null;
        NodeId? leader = null;
        var term = Term.Zero;
        var kind = ReadKind.ReadIndex;
        lock (mutex)
        {
            if (stopped)
            {
                return new ReadResult(ReadOutcome.Stopped, default, null);
            }

            if (role != Role.Leader)
            {
                kind = ReadKind.Follower;
                (leader, term) = (leaderHint, currentTerm);
            }
            else if (consistency == ReadConsistency.Lease && HasLeaseLocked())
            {
                kind = ReadKind.Lease;
                confirmed = Task.FromResult<LogIndex?>(commitIndex);
            }
            else
            {
                confirmed = BeginReadLocked();
            }
        }

        confirmed ??= leader is { } asked ? AskForReadIndexAsync(asked, new ReadIndexRequest(term, id)) : Task.FromResult<LogIndex?>(null);
        return await confirmed is { } readIndex ? await WaitUntilAppliedAsync(readIndex, kind) : NotConfirmed();
    }

    /// <summary>Confirms a read index for another server (§6.4: followers can share the load of reads).</summary>
    /// <param name="request">The server's request.</param>
    public async Task<ReadIndexReply> HandleAsync(ReadIndexRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Task<LogIndex?>? confirmed = null;
        lock (mutex)
        {
            if (!stopped)
            {
                AdoptNewerTermLocked(request.Term);
                confirmed = role == Role.Leader ? BeginReadLocked() : null;
            }
        }

        var readIndex = confirmed is null ? null : await confirmed;
        lock (mutex)
        {
            return new ReadIndexReply(currentTerm, readIndex, leaderHint);
        }
    }

    /// <summary>
    /// Until this leader has committed an entry of its own, it does not know what its predecessors have committed: the
    /// read then waits for its no-op (§6.4, step 1). One round of requests confirms all reads that wait for it.
    /// </summary>
    private Task<LogIndex?> BeginReadLocked()
    {
        var isRoundUnderWay = reads.Count > 0;
        var read = new PendingRead(
            round + 1,
            LogIndex.Max(commitIndex, firstIndexOfTerm),
            new TaskCompletionSource<LogIndex?>(TaskCreationOptions.RunContinuationsAsynchronously));
        reads.Enqueue(read);
        if (!isRoundUnderWay)
        {
            BroadcastHeartbeatLocked();
        }

        ConfirmReadsLocked();
        return read.Completion.Task;
    }

    /// <summary>Completes the reads whose round a quorum has answered, and begins the next round if some wait for it.</summary>
    private void ConfirmReadsLocked()
    {
        if (reads.Count == 0)
        {
            return;
        }

        var answered = Quorum.Reached(Configuration, server => server == id ? round : FindProgressLocked(server)?.AnsweredRound ?? 0);
        var completed = false;
        while (reads.TryPeek(out var read) && answered >= read.Round)
        {
            reads.Dequeue();
            read.Completion.SetResult(read.ReadIndex);
            completed = true;
        }

        if (completed && reads.TryPeek(out var next) && next.Round > round)
        {
            BroadcastHeartbeatLocked();
            ConfirmReadsLocked();
        }
    }

    private void EndReadsLocked()
    {
        while (reads.TryDequeue(out var read))
        {
            read.Completion.SetResult(null);
        }
    }

    /// <summary>
    /// Whether no other server can have become the leader meanwhile (§6.4.1): a quorum has heard from this one so lately
    /// that it still ignores candidates. And it must know what is committed.
    /// </summary>
    private bool HasLeaseLocked()
    {
        var now = seams.Clock.Now;
        return options.CheckQuorum
            && firstIndexOfTerm <= commitIndex
            && leaseForfeitedIn != currentTerm
            && Quorum.Reached(Configuration, server => server == id ? now : FindProgressLocked(server)?.AnsweredSentAt ?? TimeSpan.MinValue) is { } sentAt
            && sentAt > TimeSpan.MinValue
            && now < LeaseRule.End(sentAt, options.ElectionTimeoutMin, options.ClockDriftBound);
    }

    private async Task<LogIndex?> AskForReadIndexAsync(NodeId leader, ReadIndexRequest request)
    {
        var reply = await seams.Transport.CallAsync(leader, request);
        if (reply is null)
        {
            return null;
        }

        lock (mutex)
        {
            if (!stopped)
            {
                AdoptNewerTermLocked(reply.Term);
            }
        }

        return reply.ReadIndex;
    }

    private async Task<ReadResult> WaitUntilAppliedAsync(LogIndex readIndex, ReadKind kind)
    {
        while (true)
        {
            Task advanced;
            lock (mutex)
            {
                if (stopped)
                {
                    return new ReadResult(ReadOutcome.Stopped, default, null);
                }

                if (lastApplied >= readIndex)
                {
                    observer?.ReadConfirmed(kind, readIndex);
                    return new ReadResult(ReadOutcome.Ok, readIndex, leaderHint);
                }

                advanced = appliedAdvanced.WaitAsync();
            }

            await advanced;
        }
    }

    private ReadResult NotConfirmed()
    {
        lock (mutex)
        {
            return new ReadResult(stopped ? ReadOutcome.Stopped : ReadOutcome.NotLeader, default, leaderHint);
        }
    }
}
