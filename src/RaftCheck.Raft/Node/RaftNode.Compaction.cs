using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft;

/// <summary>
/// What of the log and of the files goes once a snapshot is on disk (§7; Figure 13, rules 6 and 7). The snapshot is durable
/// before the record that the log begins behind it, and files are deleted after that record.
/// </summary>
public sealed partial class RaftNode
{
    private bool isDeletingObsolete;
    private bool hasObsoleteFiles;

    /// <summary>The beginning of the log goes; what follows stays (Figure 13, rule 6).</summary>
    private void CompactLocked(LogIndex upTo)
    {
        if (upTo <= log.BaseIndex)
        {
            return;
        }

        walPositions.RemoveRange(0, (int)(upTo.Value - log.BaseIndex.Value));
        log.CompactTo(upTo);
        wal.AddCompaction(upTo, log.BaseTerm);
        RaiseDurableLastIndexLocked(upTo);
        while (configurations.Count > 1 && configurations[1].Index <= upTo)
        {
            configurations.RemoveAt(0);
        }

        observer?.Compacted(upTo);
    }

    /// <summary>The whole log goes (Figure 13, rule 7).</summary>
    private void ResetLogLocked(SnapshotMetadata to)
    {
        log.ResetTo(to.LastIncludedIndex, to.LastIncludedTerm);
        wal.AddReset(log.BaseIndex, log.BaseTerm);
        walPositions.Clear();
        durableLastIndex = LogIndex.Min(durableLastIndex, log.BaseIndex);
        RaiseDurableLastIndexLocked(log.BaseIndex);
    }

    /// <summary>What was compacted away is durable as a snapshot, even if its records in the log were not yet.</summary>
    private void RaiseDurableLastIndexLocked(LogIndex upTo)
    {
        if (upTo > durableLastIndex)
        {
            durableLastIndex = upTo;
            observer?.Persisted(durableLastIndex);
        }
    }

    /// <summary>At the log's base, the configuration is the one that the snapshot brings (Figure 13; dissertation, Figure 5.3).</summary>
    private void BeginConfigurationsLocked(SnapshotMetadata at)
    {
        var before = configurations[^1];
        configurations.RemoveAll(each => each.Index <= at.LastIncludedIndex || each.Index > log.LastIndex);
        configurations.Insert(0, (at.ConfigurationIndex, at.Configuration));
        if (configurations[^1] != before)
        {
            ConfigurationChangedLocked();
        }
    }

    /// <summary>Sees to it that files that nothing needs are deleted: one activity at the most.</summary>
    private void DeleteObsoleteInBackgroundLocked()
    {
        hasObsoleteFiles = true;
        if (!isDeletingObsolete && !stopped)
        {
            isDeletingObsolete = true;
            seams.Tasks.Start("delete obsolete files", DeleteObsoleteAsync);
        }
    }

    private async Task DeleteObsoleteAsync()
    {
        try
        {
            while (TryBeginDeleting(out var position))
            {
                // What is obsolete is decided by the records that are on the disk.
                if (await WaitUntilDurableAsync(position))
                {
                    await DeleteFilesAsync();
                }
            }
        }
        catch
        {
            FailStorage();
            EndDeleting();
            throw;
        }
    }

    private async Task DeleteFilesAsync()
    {
        try
        {
            await wal.DeleteObsoleteAsync();
        }
        catch (StorageException) when (IsStopped)
        {
            // Another write has failed before, and whoever made it has said so.
        }
    }

    private bool TryBeginDeleting(out long position)
    {
        lock (mutex)
        {
            position = wal.Position;
            if (stopped || !hasObsoleteFiles)
            {
                EndDeleting();
                return false;
            }

            hasObsoleteFiles = false;
            return true;
        }
    }

    private void EndDeleting()
    {
        lock (mutex)
        {
            isDeletingObsolete = false;
            CloseIfStoppedLocked();
        }
    }
}
