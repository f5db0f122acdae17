using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>Linearizable reads without an entry in the log (dissertation, §6.4). A read changes no term and no commit index.</summary>
public sealed partial class RaftNode
{
    private readonly AsyncCondition appliedAdvanced = new();

    /// <summary>The leader's reads that no quorum has confirmed yet, in the order in which they came.</summary>
    private readonly List<PendingRead> pendingReads = [];

    /// <summary>The reads for which the leader was asked. They end with its answer, or when the server stops.</summary>
    private readonly List<TaskCompletionSource<(ReadOutcome, LogIndex)>> askedReads = [];

    private sealed class PendingRead(LogIndex readIndex)
    {
        public LogIndex ReadIndex { get; } = readIndex;

        /// <summary>The round of requests, all sent after the read came, that confirms it; null until one begins.</summary>
        public long? Round { get; set; }

        public TaskCompletionSource<ReadOutcome> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>
    /// Waits until the node's own state machine may be read: it has then applied every command that was answered before
    /// this call. A node that does not lead asks the leader. It can take for ever while no quorum can be reached: the
    /// caller decides how long it waits.
    /// </summary>
    /// <param name="consistency">By which way; a node that does not lead always uses <see cref="ReadConsistency.ReadIndex"/>.</param>
    public async Task<ReadResult> ReadIndexAsync(ReadConsistency consistency)
    {
        var (outcome, index) = await ConfirmReadAsync(consistency, mayAsk: true);
        if (outcome == ReadOutcome.Ok && !await WaitUntilAppliedAsync(index))
        {
            outcome = ReadOutcome.Unknown;
        }

        lock (mutex)
        {
            return new ReadResult(outcome, outcome == ReadOutcome.Ok ? index : LogIndex.Zero, leaderHint);
        }
    }

    /// <summary>Answers a server that wants to serve a read (§6.4), once a quorum has confirmed that this one leads.</summary>
    /// <param name="request">The server's request.</param>
    public async Task<ReadIndexReply> HandleAsync(ReadIndexRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (outcome, index) = await ConfirmReadAsync(ReadConsistency.ReadIndex, mayAsk: false);
        lock (mutex)
        {
            return new ReadIndexReply(currentTerm, outcome == ReadOutcome.Ok ? index : null, leaderHint);
        }
    }

    private async Task<(ReadOutcome Outcome, LogIndex Index)> ConfirmReadAsync(ReadConsistency consistency, bool mayAsk)
    {
        Task<(ReadOutcome, LogIndex)> asked;
        lock (mutex)
        {
            if (stopped)
            {
                return (ReadOutcome.Unknown, LogIndex.Zero);
            }

            if (role == Role.Leader)
            {
                asked = BeginReadLocked(consistency);
            }
            else if (mayAsk && leaderHint is { } leader && leader != id)
            {
                asked = AskLeaderLocked(leader);
            }
            else
            {
                return (ReadOutcome.NotLeader, LogIndex.Zero);
            }
        }

        return await asked;
    }

    private Task<(ReadOutcome Outcome, LogIndex Index)> BeginReadLocked(ReadConsistency consistency)
    {
        if (consistency == ReadConsistency.Lease && commitIndex >= firstIndexOfTerm && HasLeaseLocked)
        {
            observer?.ReadConfirmed(ReadKind.Lease, commitIndex);
            return Task.FromResult((ReadOutcome.Ok, commitIndex));
        }

        // Until the term's first entry is committed, the leader does not know what else is (§6.4, step 1).
        var read = new PendingRead(LogIndex.Max(commitIndex, firstIndexOfTerm));
        pendingReads.Add(read);
        BeginReadRoundLocked();
        ConfirmReadsLocked();
        return OutcomeAsync(read);
    }

    private static async Task<(ReadOutcome Outcome, LogIndex Index)> OutcomeAsync(PendingRead read) => (await read.Completion.Task, read.ReadIndex);

    /// <summary>
    /// Without CheckQuorum the others don't refuse disruptive candidates, and without a refusal there is no lease.
    /// </summary>
    private bool HasLeaseLocked
    {
        get
        {
            var now = seams.Clock.Now;
            return options.CheckQuorum && !hasSentTimeoutNow && transfer is null
                && now < LeaseRule.End(
                    Configuration,
                    voter => voter == id ? now : FindProgressLocked(voter)?.AnsweredSentAt,
                    options.ElectionTimeoutMin,
                    options.ClockDriftBound);
        }
    }

    /// <summary>One round at a time: reads that come meanwhile share the next one, or the next heartbeat's.</summary>
    private void BeginReadRoundLocked()
    {
        if (pendingReads.Count > 0 && pendingReads.TrueForAll(read => read.Round is null))
        {
            BroadcastHeartbeatLocked();
        }
    }

    /// <summary>A round begins: its requests are sent after all reads that have come so far.</summary>
    private void JoinRoundLocked()
    {
        foreach (var read in pendingReads)
        {
            read.Round ??= round;
        }
    }

    /// <summary>A quorum may have answered, or the term's first entry may be committed.</summary>
    private void ConfirmReadsLocked()
    {
        if (role == Role.Leader && pendingReads.Count > 0)
        {
            ConfirmPendingReadsLocked();
        }
    }

    private void ConfirmPendingReadsLocked()
    {
        var reached = Quorum.Reached(Configuration, voter => voter == id ? round : FindProgressLocked(voter)?.AnsweredRound ?? 0L);
        var confirmed = pendingReads.Where(read => read.Round <= reached && read.ReadIndex <= commitIndex).ToList();
        pendingReads.RemoveAll(confirmed.Contains);
        foreach (var read in confirmed)
        {
            observer?.ReadConfirmed(ReadKind.ReadIndex, read.ReadIndex);
            read.Completion.SetResult(ReadOutcome.Ok);
        }

        if (confirmed.Count > 0)
        {
            BeginReadRoundLocked();
        }
    }

    private void EndReadsLocked(ReadOutcome outcome)
    {
        foreach (var read in pendingReads)
        {
            read.Completion.SetResult(outcome);
        }

        pendingReads.Clear();
    }

    private Task<(ReadOutcome Outcome, LogIndex Index)> AskLeaderLocked(NodeId leader)
    {
        var completion = new TaskCompletionSource<(ReadOutcome, LogIndex)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = new ReadIndexRequest(currentTerm, id);
        askedReads.Add(completion);
        seams.Tasks.Start("ReadIndex", () => AskLeaderAsync(leader, request, completion));
        return completion.Task;
    }

    private async Task AskLeaderAsync(NodeId leader, ReadIndexRequest request, TaskCompletionSource<(ReadOutcome, LogIndex)> completion)
    {
        var reply = await seams.Transport.CallAsync(leader, request);
        lock (mutex)
        {
            if (!askedReads.Remove(completion))
            {
                return;
            }

            if (reply?.ReadIndex is { } index)
            {
                observer?.ReadConfirmed(ReadKind.Follower, index);
                completion.SetResult((ReadOutcome.Ok, index));
            }
            else
            {
                completion.SetResult((ReadOutcome.NotLeader, LogIndex.Zero));
            }
        }
    }

    private void EndAskedReadsLocked()
    {
        foreach (var completion in askedReads)
        {
            completion.SetResult((ReadOutcome.Unknown, LogIndex.Zero));
        }

        askedReads.Clear();
    }

    /// <returns>False if the server stopped first.</returns>
    private async Task<bool> WaitUntilAppliedAsync(LogIndex index)
    {
        while (true)
        {
            Task applied;
            lock (mutex)
            {
                if (stopped)
                {
                    return false;
                }

                if (lastApplied >= index)
                {
                    return true;
                }

                applied = appliedAdvanced.WaitAsync();
            }

            await applied;
        }
    }
}
