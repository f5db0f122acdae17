using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Sessions;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft;

/// <summary>
/// The applier (Figure 2, rules for all servers; structure advice, row 4): the one loop that delivers committed entries,
/// in log order, without the lock, because delivery can take its time. It alone calls the state machine, so what else is
/// asked of that happens here too, between two entries: to capture its state, and to set it back to a leader's snapshot.
/// </summary>
public sealed partial class RaftNode
{
    /// <summary>How many entries are taken from the log at once.</summary>
    private const int ApplyBatch = 256;

    private readonly AsyncCondition commitAdvanced = new();

    /// <summary>The client sessions (dissertation, §6.3). The applier's alone, like the state machine.</summary>
    private readonly SessionTable sessions;

    /// <summary>The entry that is being applied. The applier's alone.</summary>
    private LogIndex applying;

    private async Task ApplierLoopAsync()
    {
        while (true)
        {
            Task? moreWork = null;
            SnapshotMetadata? toRestore = null;
            SnapshotMetadata? toTake = null;
            IReadOnlyList<LogEntry> committed = [];
            lock (mutex)
            {
                if (stopped)
                {
                    return;
                }

                if (IsRestoreDueLocked)
                {
                    toRestore = snapshot;
                }
                else if (IsSnapshotDueLocked)
                {
                    toTake = BeginTakingSnapshotLocked();
                }
                else if (lastApplied == commitIndex)
                {
                    moreWork = commitAdvanced.WaitAsync();
                }
                else
                {
                    committed = log.Slice(lastApplied.Next, (int)Math.Min(ApplyBatch, commitIndex.Value - lastApplied.Value));
                }
            }

            if (moreWork is not null)
            {
                await moreWork;
            }
            else if (toRestore is not null)
            {
                await RestoreAsync(toRestore);
            }
            else if (toTake is not null)
            {
                CaptureSnapshot(toTake);
            }
            else
            {
                await ApplyAsync(committed);
            }
        }
    }

    /// <summary>Applies entries, until something else is to be done between two of them.</summary>
    private async Task ApplyAsync(IReadOnlyList<LogEntry> committed)
    {
        for (var i = 0; i < committed.Count; i++)
        {
            var entry = committed[i];
            var (applied, outcome, result) = await ApplyAsync(entry);
            observer?.Applied(entry, applied);
            lock (mutex)
            {
                lastApplied = entry.Index;
                CompleteProposalLocked(entry, outcome, result);
                appliedAdvanced.PulseAll();
                if (stopped || IsRestoreDueLocked || IsSnapshotDueLocked)
                {
                    return;
                }
            }
        }
    }

    private async ValueTask<(ApplyOutcome Applied, ProposeOutcome Outcome, ReadOnlyMemory<byte> Result)> ApplyAsync(LogEntry entry)
    {
        applying = entry.Index;
        sessions.ExpireIdle(entry.Time);
        switch (entry.Kind)
        {
            case EntryKind.Command when entry.Client is { } client:
                return await ApplyOnceAsync(entry, client);
            case EntryKind.Command:
                return (ApplyOutcome.Executed, ProposeOutcome.Applied, await stateMachine.ApplyAsync(entry));
            case EntryKind.RegisterClient:
                sessions.Register(entry);
                break;
        }

        return (ApplyOutcome.Internal, ProposeOutcome.Applied, default);
    }

    /// <summary>A command of a client session is executed once, however often it is in the log (dissertation, §6.3).</summary>
    private async ValueTask<(ApplyOutcome Applied, ProposeOutcome Outcome, ReadOnlyMemory<byte> Result)> ApplyOnceAsync(LogEntry entry, ClientSequence client)
    {
        switch (sessions.Begin(entry, out var response))
        {
            case SessionDecision.Execute:
                var result = await stateMachine.ApplyAsync(entry);
                sessions.Complete(client, result);
                return (ApplyOutcome.Executed, ProposeOutcome.Applied, result);
            case SessionDecision.AnswerAgain:
                return (ApplyOutcome.Duplicate, ProposeOutcome.Applied, response);
            case SessionDecision.ResponseDiscarded:
                return (ApplyOutcome.Duplicate, ProposeOutcome.ResponseDiscarded, default);
            case SessionDecision.Stale:
                return (ApplyOutcome.Stale, ProposeOutcome.Stale, default);
            default:
                return (ApplyOutcome.SessionExpired, ProposeOutcome.SessionExpired, default);
        }
    }
}
