using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Storage;

/// <summary>How a storage is opened: created if there is none, or read, checked, and brought in order after a crash.</summary>
internal sealed class StorageOpening(IFileSystem files, StorageHealth health, StorageLease lease)
{
    /// <summary>Opens the parts of a storage. The directory is locked.</summary>
    /// <param name="expected">Whose storage it should be, and the configuration if it is new.</param>
    /// <param name="segmentBytes">How long a segment gets.</param>
    /// <exception cref="StorageException">The storage can't be used.</exception>
    public async Task<(WriteAheadLog Wal, SnapshotStore Snapshots, PersistentState State)> OpenAsync(StorageManifest expected, int segmentBytes)
    {
        var names = await ListAsync();
        if (names.Contains(StorageNames.FormerLog))
        {
            throw new StorageException($"{StorageNames.FormerLog} is of format version 1, which this build can't read: give the server an empty directory, and let it join the cluster as a new server, with another id.");
        }

        if (!names.Contains(StorageNames.Manifest))
        {
            await CreateAsync(names, expected);
            names = await ListAsync();
        }

        var manifest = await StorageManifest.ReadAsync(files);
        if (manifest.Id != expected.Id)
        {
            throw new StorageException($"The storage is that of {manifest.Id}, not of {expected.Id}: two servers must never share a directory, nor take over each other's.");
        }

        var snapshots = await SnapshotStore.OpenAsync(files, health, lease, names);
        var numbers = StorageNames.SegmentNumbers(names);
        if (numbers.Count == 0)
        {
            throw new StorageException("The write-ahead log is missing: there is a manifest, which is written last, and no file of the log. Remove the server from the cluster, and add a new one, with another id and an empty directory.");
        }

        using var recovery = await WalRecovery.ReadAsync(files, health, numbers);
        return await OpenAsync(manifest.Bootstrap, snapshots, recovery, segmentBytes);
    }

    private Task<IReadOnlyList<string>> ListAsync() => StorageHealth.ReadAsync("The directory", files.ListAsync);

    /// <summary>The manifest comes last: a storage that has one is whole.</summary>
    private async Task CreateAsync(IReadOnlyList<string> names, StorageManifest manifest)
    {
        foreach (var name in names)
        {
            if (StorageNames.IsSnapshot(name) || StorageNames.SegmentNumbers([name]) is [var number] && !await IsLeftoverAsync(number))
            {
                throw new StorageException($"{StorageNames.Manifest} is missing, and there is {name}: this was the storage of a server, and it can't be told of which.");
            }
        }

        await WriteAheadLog.CreateAsync(files, health);
        await manifest.WriteAsync(files, health);
    }

    /// <summary>Whether a segment is all that an earlier creation got to, before a crash: nothing was ever promised from it.</summary>
    private async Task<bool> IsLeftoverAsync(long number)
    {
        var name = StorageNames.Segment(number);
        using var file = await StorageHealth.ReadAsync(name, () => files.OpenAsync(name));
        var bytes = await StorageHealth.ReadAsync(name, () => file.ReadAsync(0, checked((int)file.Length)));
        return number == 1 && WalBatch.FindLater(bytes, 0, expectedNumber: 1) is null;
    }

    private async Task<(WriteAheadLog Wal, SnapshotStore Snapshots, PersistentState State)> OpenAsync(
        ClusterConfiguration bootstrap, SnapshotStore snapshots, WalRecovery recovery, int segmentBytes)
    {
        // What was read may still be only in the machine's memory, written by a process that was killed before its flush.
        // From now on it counts as durable, so it must be: the last segment, and the names of all files.
        var name = StorageNames.Segment(recovery.Segments[^1].Number);
        await health.ChangeAsync(name, recovery.LastFile!.FlushAsync);
        await health.ChangeAsync(name, files.FlushDirectoryAsync);

        var wal = new WriteAheadLog(files, health, segmentBytes, recovery);
        try
        {
            var state = await ReconcileAsync(bootstrap, snapshots.Latest, recovery.State, wal);
            return (wal, snapshots, state);
        }
        catch
        {
            wal.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A crash may have come between a snapshot and the record by which the log begins after it. The record is made up
    /// for, so that what follows in the log makes sense the next time.
    /// </summary>
    private static async Task<PersistentState> ReconcileAsync(ClusterConfiguration bootstrap, SnapshotMetadata? snapshot, WalReplay state, WriteAheadLog wal)
    {
        var log = state.Log;
        RequireNoGap(snapshot, log);
        var (term, votedFor) = (state.CurrentTerm, state.VotedFor);
        if (snapshot is not null && snapshot.LastIncludedTerm > term)
        {
            // It came from a leader of a term whose record was lost with the crash, so no vote in that term was given.
            (term, votedFor) = (snapshot.LastIncludedTerm, null);
            wal.AddTermAndVote(term, votedFor);
        }

        if (snapshot is not null && snapshot.LastIncludedIndex > log.BaseIndex)
        {
            var (index, lastTerm) = (snapshot.LastIncludedIndex, snapshot.LastIncludedTerm);
            if (log.HasTermAt(index) && log.TermAt(index) == lastTerm)
            {
                // Figure 13, rule 6.
                log.CompactTo(index);
                wal.AddCompaction(index, lastTerm);
            }
            else
            {
                // Figure 13, rule 7.
                log.ResetTo(index, lastTerm);
                wal.AddReset(index, lastTerm);
            }
        }

        await wal.WriteAsync(wal.TakePending());
        wal.RestartPosition();
        return new PersistentState(term, votedFor, log, bootstrap, snapshot);
    }

    private static void RequireNoGap(SnapshotMetadata? snapshot, RaftLog log)
    {
        var covered = snapshot?.LastIncludedIndex ?? LogIndex.Zero;
        var term = snapshot?.LastIncludedTerm ?? Term.Zero;
        if (covered < log.BaseIndex || (covered == log.BaseIndex && term != log.BaseTerm))
        {
            var latest = snapshot is null ? "there is no snapshot" : $"the latest snapshot ends with index {covered} of term {term}";
            throw new StorageException($"The write-ahead log begins after index {log.BaseIndex} of term {log.BaseTerm}, and {latest}: what is between them is lost. Remove the server from the cluster, and add a new one, with another id and an empty directory.");
        }
    }
}
