using RaftCheck.Raft.Node;

namespace RaftCheck.Raft;

/// <summary>
/// What must be on disk before anyone is told (Figure 2: "updated on stable storage before responding to RPCs").
/// Changes are collected in the write-ahead log under the lock; whoever needs them durable waits here. One of those who
/// wait does the write for all (group commit).
/// </summary>
public sealed partial class RaftNode
{
    private readonly AsyncCondition flushed = new();

    /// <summary>For each entry of the log behind its base, the position of the write-ahead log at which it is durable.</summary>
    private readonly List<long> walPositions = [];

    private long durablePosition;
    private bool flushInProgress;
    private bool isPersisting;

    /// <summary>The last entry of the log that is on this server's own disk: what it counts for itself as a leader.</summary>
    private LogIndex durableLastIndex;

    /// <summary>Waits until all changes up to a position of the write-ahead log are durable.</summary>
    /// <returns>False if the server stopped first: then nothing that depends on them may be promised.</returns>
    private async Task<bool> WaitUntilDurableAsync(long position)
    {
        while (true)
        {
            Task? otherFlush = null;
            ReadOnlyMemory<byte> records = default;
            var end = 0L;
            lock (mutex)
            {
                if (IsDurableLocked(position))
                {
                    return true;
                }

                if (stopped)
                {
                    return false;
                }

                if (flushInProgress)
                {
                    otherFlush = flushed.WaitAsync();
                }
                else
                {
                    flushInProgress = true;
                    end = wal.Position;
                    records = wal.TakePending();
                }
            }

            if (otherFlush is not null)
            {
                await otherFlush;
                continue;
            }

            try
            {
                await wal.WriteAsync(records);
            }
            catch
            {
                lock (mutex)
                {
                    flushInProgress = false;
                }

                FailStorage();
                throw;
            }

            lock (mutex)
            {
                flushInProgress = false;
                durablePosition = end;
                flushed.PulseAll();
                CloseIfStoppedLocked();
                AdvanceDurableLastIndexLocked();
            }
        }
    }

    /// <summary>Sees to it that all changes so far become durable, though nobody waits: one activity at the most, however many changes.</summary>
    private void PersistInBackgroundLocked()
    {
        if (!isPersisting)
        {
            isPersisting = true;
            seams.Tasks.Start("persist", persist);
        }
    }

    private async Task PersistAsync()
    {
        while (true)
        {
            long position;
            lock (mutex)
            {
                position = wal.Position;
                if (stopped || IsDurableLocked(position))
                {
                    isPersisting = false;
                    return;
                }
            }

            await WaitUntilDurableAsync(position);
        }
    }

    /// <summary>
    /// A write that failed may be on disk in part, and to repeat it as if nothing had happened would make a promise that
    /// nobody can keep. The server stops, and all who wait for the disk learn that it did.
    /// </summary>
    private void FailStorage()
    {
        lock (mutex)
        {
            if (!stopped)
            {
                observer?.ElectionEvent(ElectionEvent.StorageFailed, currentTerm);
                StopLocked();
            }
        }
    }

    /// <summary>Closes the storage once nobody writes to the log, or deletes files, any more. Records that are not durable yet are given up.</summary>
    private void CloseIfStoppedLocked()
    {
        if (stopped && !flushInProgress && !isDeletingObsolete)
        {
            wal.Dispose();
        }
    }

    private bool IsDurableLocked(long position) => durablePosition >= position;

    /// <summary>
    /// Goes by where each entry stands in the write-ahead log, never by its index: while a flush was under way, the
    /// entry at an index may have been truncated, and another, or the same one again, have taken its place.
    /// </summary>
    private void AdvanceDurableLastIndexLocked()
    {
        var before = durableLastIndex;
        while (durableLastIndex < log.LastIndex && walPositions[(int)(durableLastIndex.Value - log.BaseIndex.Value)] <= durablePosition)
        {
            durableLastIndex = durableLastIndex.Next;
        }

        if (durableLastIndex > before)
        {
            observer?.Persisted(durableLastIndex);
        }

        if (role == Role.Leader)
        {
            AdvanceLeaderCommitLocked();
        }
    }

    private void AppendLocked(LogEntry entry)
    {
        log.Append(entry);
        wal.AddEntry(entry);
        walPositions.Add(wal.Position);
        observer?.Appended(entry);
        NoteAppendedLocked(entry);
    }

    /// <summary>What else follows from an entry being in the log, whether it was just appended or found on disk.</summary>
    private void NoteAppendedLocked(LogEntry entry)
    {
        lastEntryTime = entry.Time > lastEntryTime ? entry.Time : lastEntryTime;
        if (entry.Kind == EntryKind.Configuration)
        {
            UseConfigurationOfLocked(entry);
        }
    }

    private void TruncateLocked(LogIndex from)
    {
        log.TruncateFrom(from);
        wal.AddTruncation(from);
        var kept = (int)(from.Value - log.FirstIndex.Value);
        walPositions.RemoveRange(kept, walPositions.Count - kept);
        durableLastIndex = LogIndex.Min(durableLastIndex, from.Previous);
        observer?.Truncated(from);
        RollBackConfigurationsLocked(from);
    }
}
