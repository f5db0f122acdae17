using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>Commands from clients (§5.3, §8): <see cref="Start"/> as in MIT 6.824, and <see cref="ProposeAsync"/> on top of it.</summary>
public sealed partial class RaftNode
{
    private readonly Dictionary<LogIndex, Proposal> proposals = [];

    private sealed record Proposal(Term Term, TaskCompletionSource<ProposeResult> Completion);

    /// <summary>The bytes of commands behind <see cref="commitIndex"/>, while leading.</summary>
    private long uncommittedBytes;

    /// <summary>
    /// Begins the replication of a command, and answers at once. That a command was started does not mean that it will
    /// ever be committed; it was if, and only if, an entry of this index and term is applied. A leader that has too much
    /// to do answers with <see cref="StartResult.IsLeader"/>, and with index 0: nothing was started.
    /// </summary>
    /// <param name="command">The command. Its bytes must not be changed afterwards.</param>
    /// <param name="client">The client's session, and the command's number in it; null for none.</param>
    public StartResult Start(ReadOnlyMemory<byte> command, ClientSequence? client = null)
    {
        lock (mutex)
        {
            return StartLocked(EntryKind.Command, command, client, null);
        }
    }

    /// <summary>Replicates a command, and waits for its outcome. Reads may be commands too: they are linearizable through the log.</summary>
    /// <param name="command">The command. Its bytes must not be changed afterwards.</param>
    /// <param name="client">
    /// The client's session, from <see cref="RegisterClientAsync"/>, and the command's number in it: however often, and to
    /// whichever server, it is sent, it takes effect once (dissertation, §6.3). Null for none: then it takes effect each
    /// time.
    /// </param>
    /// <returns>
    /// The outcome. It can take for ever while no majority can be reached: the caller decides how long it waits, and a
    /// command that it no longer waits for may still take effect.
    /// </returns>
    public Task<ProposeResult> ProposeAsync(ReadOnlyMemory<byte> command, ClientSequence? client = null) =>
        ProposeEntryAsync(EntryKind.Command, command, client);

    /// <summary>
    /// Opens a client session (dissertation, §6.3): its identity is the <see cref="ProposeResult.Index"/> of the outcome.
    /// A registration that is sent again opens another session; the one that nobody uses expires.
    /// </summary>
    /// <returns>The outcome, as of <see cref="ProposeAsync"/>.</returns>
    public Task<ProposeResult> RegisterClientAsync() => ProposeEntryAsync(EntryKind.RegisterClient, ReadOnlyMemory<byte>.Empty, null);

    private Task<ProposeResult> ProposeEntryAsync(EntryKind kind, ReadOnlyMemory<byte> command, ClientSequence? client)
    {
        var completion = new TaskCompletionSource<ProposeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (mutex)
        {
            var started = StartLocked(kind, command, client, completion);
            return started.Index > LogIndex.Zero
                ? completion.Task
                : Task.FromResult(new ProposeResult(RefusalLocked(started), default, leaderHint));
        }
    }

    private ProposeOutcome RefusalLocked(StartResult started)
    {
        if (!started.IsLeader)
        {
            return ProposeOutcome.NotLeader;
        }

        return transfer is null ? ProposeOutcome.Overloaded : ProposeOutcome.TransferInProgress;
    }

    private StartResult StartLocked(EntryKind kind, ReadOnlyMemory<byte> command, ClientSequence? client, TaskCompletionSource<ProposeResult>? completion)
    {
        if (role != Role.Leader || stopped)
        {
            return new StartResult(LogIndex.Zero, currentTerm, false);
        }

        if (transfer is not null)
        {
            // §3.10: the target could otherwise never catch up.
            return new StartResult(LogIndex.Zero, currentTerm, true);
        }

        if (!AdmissionRule.MayTake(log.LastIndex.Value - lastApplied.Value, uncommittedBytes, command.Length, options))
        {
            observer?.Overloaded();
            return new StartResult(LogIndex.Zero, currentTerm, true);
        }

        var entry = AppendOwnLocked(kind, command, client);
        if (completion is not null)
        {
            ExpectLocked(entry, completion);
        }

        ReplicateToAllLocked();
        return new StartResult(entry.Index, entry.Term, true);
    }

    private void ExpectLocked(LogEntry entry, TaskCompletionSource<ProposeResult> completion)
    {
        // A proposal from an earlier leadership of this node may have been truncated away and still wait at this index.
        // It may live on in another server's log, so its outcome is not known yet.
        if (proposals.Remove(entry.Index, out var earlier))
        {
            earlier.Completion.SetResult(new ProposeResult(ProposeOutcome.Unknown, default, leaderHint));
        }

        proposals.Add(entry.Index, new Proposal(entry.Term, completion));
    }

    private void CompleteProposalLocked(LogEntry applied, ProposeOutcome outcome, ReadOnlyMemory<byte> result)
    {
        if (proposals.Remove(applied.Index, out var proposal))
        {
            proposal.Completion.SetResult(proposal.Term == applied.Term
                ? new ProposeResult(outcome, result, leaderHint) { Index = outcome == ProposeOutcome.Applied ? applied.Index : LogIndex.Zero }
                : new ProposeResult(ProposeOutcome.Superseded, default, leaderHint));
        }
    }

    /// <summary>A snapshot has taken the place of these entries: what became of them is not known one by one.</summary>
    private void EndProposalsLocked(LogIndex upTo)
    {
        foreach (var index in proposals.Keys.Where(index => index <= upTo).Order().ToList())
        {
            proposals.Remove(index, out var proposal);
            proposal!.Completion.SetResult(new ProposeResult(ProposeOutcome.Unknown, default, leaderHint));
        }
    }

    private void EndProposalsLocked()
    {
        foreach (var proposal in proposals.Values)
        {
            proposal.Completion.SetResult(new ProposeResult(ProposeOutcome.Unknown, default, leaderHint));
        }

        proposals.Clear();
    }
}
