namespace RaftCheck.Raft;

/// <summary>Commands from clients (§5.3, §8): <see cref="Start"/> as in MIT 6.824, and <see cref="ProposeAsync"/> on top of it.</summary>
public sealed partial class RaftNode
{
    private readonly Dictionary<LogIndex, Proposal> proposals = [];

    private sealed record Proposal(Term Term, TaskCompletionSource<ProposeResult> Completion);

    /// <summary>
    /// Begins the replication of a command, and answers at once. That a command was started does not mean that it will
    /// ever be committed; it was if, and only if, an entry of this index and term is applied.
    /// </summary>
    /// <param name="command">The command. Its bytes must not be changed afterwards.</param>
    public StartResult Start(ReadOnlyMemory<byte> command) => StartCommand(command, null);

    /// <summary>Replicates a command, and waits for its outcome. Reads are commands too: they are linearizable through the log.</summary>
    /// <param name="command">The command. Its bytes must not be changed afterwards.</param>
    /// <returns>
    /// The outcome. It can take for ever while no majority can be reached: the caller decides how long it waits, and a
    /// command that it no longer waits for may still take effect.
    /// </returns>
    public async Task<ProposeResult> ProposeAsync(ReadOnlyMemory<byte> command)
    {
        var completion = new TaskCompletionSource<ProposeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (StartCommand(command, completion).IsLeader)
        {
            return await completion.Task;
        }

        lock (mutex)
        {
            return new ProposeResult(ProposeOutcome.NotLeader, default, leaderHint);
        }
    }

    private StartResult StartCommand(ReadOnlyMemory<byte> command, TaskCompletionSource<ProposeResult>? completion)
    {
        lock (mutex)
        {
            if (role != Role.Leader || stopped)
            {
                return new StartResult(LogIndex.Zero, currentTerm, false);
            }

            var entry = AppendOwnLocked(EntryKind.Command, command, null);
            if (completion is not null)
            {
                ExpectLocked(entry, completion);
            }

            ReplicateToAllLocked();
            return new StartResult(entry.Index, entry.Term, true);
        }
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

    private void CompleteProposalLocked(LogEntry applied, ReadOnlyMemory<byte> result)
    {
        if (proposals.Remove(applied.Index, out var proposal))
        {
            proposal.Completion.SetResult(proposal.Term == applied.Term
                ? new ProposeResult(ProposeOutcome.Applied, result, leaderHint)
                : new ProposeResult(ProposeOutcome.Superseded, default, leaderHint));
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
