using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Sessions;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft;

/// <summary>
/// Snapshots that a server takes of its own state (§7; dissertation, chapter 5). The applier captures the state between
/// two entries; a task of its own writes it down, one at a time, while further entries are applied. The log is compacted
/// only when the snapshot is on disk.
/// </summary>
public sealed partial class RaftNode
{
    private readonly AsyncCondition snapshotEnded = new();

    /// <summary>What the latest durable snapshot stands for, the server's own or a leader's; null if there is none.</summary>
    private SnapshotMetadata? snapshot;

    private bool isTakingSnapshot;
    private bool isSnapshotRequested;

    private LogIndex SnapshotIndexLocked => snapshot?.LastIncludedIndex ?? LogIndex.Zero;

    private bool IsSnapshotDueLocked =>
        !isTakingSnapshot
        && lastApplied > SnapshotIndexLocked
        && (isSnapshotRequested || SnapshotRule.IsDue(lastApplied, SnapshotIndexLocked, options.SnapshotEntries));

    /// <summary>Takes a snapshot of what is applied by now, and compacts the log, whatever <see cref="RaftOptions.SnapshotEntries"/> says.</summary>
    /// <returns>
    /// The latest snapshot, once it covers at least what was applied at the call and is on disk; null if nothing was
    /// applied yet, or the server stopped first.
    /// </returns>
    public async Task<SnapshotMetadata?> TakeSnapshotAsync()
    {
        LogIndex? wanted = null;
        while (true)
        {
            Task ended;
            lock (mutex)
            {
                wanted ??= lastApplied;
                if (stopped)
                {
                    return null;
                }

                if (SnapshotIndexLocked >= wanted)
                {
                    return snapshot;
                }

                isSnapshotRequested = true;
                commitAdvanced.PulseAll();
                ended = snapshotEnded.WaitAsync();
            }

            await ended;
        }
    }

    /// <returns>What the snapshot will stand for: the configuration is the one as of that entry, not the latest (dissertation, §5.1).</returns>
    private SnapshotMetadata BeginTakingSnapshotLocked()
    {
        isTakingSnapshot = true;
        isSnapshotRequested = false;

        // Nothing behind the latest snapshot is compacted, and what is applied is behind it.
        var last = log[lastApplied];
        var (index, configuration) = configurations.Last(each => each.Index <= last.Index);
        return new SnapshotMetadata(last.Index, last.Term, configuration, index, last.Time);
    }

    /// <summary>Called by the applier, between two entries.</summary>
    private void CaptureSnapshot(SnapshotMetadata metadata)
    {
        var capturedSessions = sessions.Capture();
        var state = stateMachine.TakeSnapshot();
        seams.Tasks.Start("snapshot", () => WriteSnapshotAsync(metadata, capturedSessions, state));
    }

    private async Task WriteSnapshotAsync(SnapshotMetadata metadata, SessionTableSnapshot capturedSessions, IStateSnapshot state)
    {
        try
        {
            using (state)
            {
                using var writer = await wal.BeginSnapshotAsync(metadata);
                await capturedSessions.WriteToAsync(writer);
                await state.WriteToAsync(writer);
                await writer.CommitAsync();
            }
        }
        catch (StorageException) when (IsStopped)
        {
            // The storage was closed: the snapshot is given up, and a successor finds what was there before.
            return;
        }
        catch
        {
            FailStorage();
            throw;
        }

        lock (mutex)
        {
            isTakingSnapshot = false;
            if (!stopped)
            {
                TakeOverOwnSnapshotLocked(metadata);
            }

            snapshotEnded.PulseAll();
            commitAdvanced.PulseAll();
        }
    }

    /// <summary>The snapshot is durable. A leader's may have come in between that covers more.</summary>
    private void TakeOverOwnSnapshotLocked(SnapshotMetadata metadata)
    {
        if (metadata.LastIncludedIndex > SnapshotIndexLocked)
        {
            snapshot = metadata;
            observer?.SnapshotTaken(metadata);
            CompactLocked(SnapshotRule.CompactTo(log.BaseIndex, metadata.LastIncludedIndex, options.SnapshotTrailingEntries));
        }

        DeleteObsoleteInBackgroundLocked();
    }
}
