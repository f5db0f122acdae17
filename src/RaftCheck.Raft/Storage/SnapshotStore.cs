using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// The snapshots of a server: the latest, and those that are being written, received, or still read. A snapshot takes its
/// final name only when it is complete and flushed, so a file of such a name that is not intact is damaged, never torn.
/// Safe for use by several activities at once; each writer, receiver and reader belongs to one of them.
/// </summary>
internal sealed class SnapshotStore
{
    private readonly IFileSystem files;
    private readonly StorageHealth health;
    private readonly StorageLease lease;

    /// <summary>Guards the fields below; never held across an await.</summary>
    private readonly object mutex = new();

    /// <summary>Files that are complete and not the latest, or were given up: to be deleted once nobody reads them.</summary>
    private readonly List<string> obsolete = [];

    /// <summary>The names of the files that are being read, one for each reader.</summary>
    private readonly List<string> beingRead = [];
    private SnapshotMetadata? latest;
    private int temporaries;

    private SnapshotStore(IFileSystem files, StorageHealth health, StorageLease lease)
    {
        this.files = files;
        this.health = health;
        this.lease = lease;
    }

    /// <summary>What the latest complete snapshot stands for, or null if there is none.</summary>
    public SnapshotMetadata? Latest
    {
        get
        {
            lock (mutex)
            {
                return latest;
            }
        }
    }

    /// <summary>Finds the latest snapshot, and checks it byte by byte. Others are obsolete.</summary>
    /// <exception cref="StorageException">The latest snapshot is damaged.</exception>
    public static async Task<SnapshotStore> OpenAsync(IFileSystem files, StorageHealth health, StorageLease lease, IReadOnlyList<string> names)
    {
        var store = new SnapshotStore(files, health, lease);
        store.obsolete.AddRange(names.Where(StorageNames.IsTemporary));
        var complete = names.Where(StorageNames.IsSnapshot).Order(StringComparer.Ordinal).ToList();
        if (complete.Count > 0)
        {
            store.latest = await VerifyAsync(files, complete[^1]);
            store.obsolete.AddRange(complete.SkipLast(1));
        }

        return store;
    }

    /// <summary>Begins a snapshot of this server's own.</summary>
    /// <param name="metadata">What it stands for.</param>
    public async Task<SnapshotWriter> BeginAsync(SnapshotMetadata metadata)
    {
        var target = await CreateAsync(metadata);
        return new SnapshotWriter(target, metadata);
    }

    /// <summary>Begins to receive another server's snapshot.</summary>
    /// <param name="metadata">What it is said to stand for.</param>
    /// <param name="length">The length of the whole file.</param>
    public async Task<SnapshotReceiver> BeginReceiveAsync(SnapshotMetadata metadata, long length)
    {
        var target = await CreateAsync(metadata);
        return new SnapshotReceiver(target, metadata, length);
    }

    /// <summary>Opens the latest snapshot for one reader.</summary>
    /// <returns>The reader, or null if there is no snapshot.</returns>
    public async Task<SnapshotReader?> OpenLatestAsync()
    {
        health.Require();
        SnapshotMetadata metadata;
        string name;
        lock (mutex)
        {
            if (latest is null)
            {
                return null;
            }

            metadata = latest;
            name = NameOf(metadata);
            beingRead.Add(name);
        }

        lease.Add();
        try
        {
            var file = await StorageHealth.ReadAsync(name, () => files.OpenAsync(name));
            return new SnapshotReader(file, name, metadata, () => EndRead(name));
        }
        catch
        {
            EndRead(name);
            throw;
        }
    }

    /// <summary>Gives a complete and flushed file its name, for good. If it is not newer than the latest, it is not needed.</summary>
    public async Task InstallAsync(string temporary, SnapshotMetadata metadata)
    {
        lock (mutex)
        {
            if (latest is not null && latest.LastIncludedIndex >= metadata.LastIncludedIndex)
            {
                obsolete.Add(temporary);
                return;
            }
        }

        var name = NameOf(metadata);
        await health.ChangeAsync(name, () => files.RenameAsync(temporary, name));
        await health.ChangeAsync(name, files.FlushDirectoryAsync);
        lock (mutex)
        {
            // Another one may have come in between.
            if (latest is null || latest.LastIncludedIndex < metadata.LastIncludedIndex)
            {
                if (latest is not null)
                {
                    obsolete.Add(NameOf(latest));
                }

                latest = metadata;
            }
            else if (name != NameOf(latest))
            {
                obsolete.Add(name);
            }
        }
    }

    /// <summary>Deletes files that nobody needs any more. Those that are still read remain until the next time.</summary>
    public async Task DeleteObsoleteAsync()
    {
        List<string> unused;
        lock (mutex)
        {
            unused = [.. obsolete.Where(name => !beingRead.Contains(name))];
            obsolete.RemoveAll(unused.Contains);
        }

        foreach (var name in unused)
        {
            await health.ChangeAsync(name, () => files.DeleteAsync(name));
        }

        if (unused.Count > 0)
        {
            await health.ChangeAsync(unused[0], files.FlushDirectoryAsync);
        }
    }

    /// <summary>A file was given up; its user has closed it.</summary>
    public void Abandon(string temporary)
    {
        lock (mutex)
        {
            obsolete.Add(temporary);
        }
    }

    private static string NameOf(SnapshotMetadata metadata) => StorageNames.Snapshot(metadata.LastIncludedIndex, metadata.LastIncludedTerm);

    private static async Task<SnapshotMetadata> VerifyAsync(IFileSystem files, string name)
    {
        using var file = await StorageHealth.ReadAsync(name, () => files.OpenAsync(name));
        try
        {
            var metadata = await StorageHealth.ReadAsync(name, () => SnapshotFormat.VerifyAsync(file));
            return NameOf(metadata) == name
                ? metadata
                : throw new StorageException($"{name} is the snapshot up to index {metadata.LastIncludedIndex} of term {metadata.LastIncludedTerm}, as its content says: somebody has renamed it.");
        }
        catch (StorageException e) when (e.InnerException is InvalidDataException damage)
        {
            throw new StorageException(
                $"{name} is damaged: {damage.Message}. It was complete when it got its name, so the disk has lost something. Remove the server from the cluster, and add a new one, with another id and an empty directory.",
                e);
        }
    }

    private async Task<SnapshotTarget> CreateAsync(SnapshotMetadata metadata)
    {
        string name;
        lock (mutex)
        {
            // Its own number: the server's own snapshot and another server's may be of the same entry.
            name = StorageNames.Temporary($"{NameOf(metadata)}-{++temporaries}");
        }

        lease.Add();
        try
        {
            IFile? file = null;
            await health.ChangeAsync(name, async () => file = await files.OpenAsync(name));
            return new SnapshotTarget(this, health, lease, name, file!);
        }
        catch
        {
            lease.Remove();
            throw;
        }
    }

    private void EndRead(string name)
    {
        lock (mutex)
        {
            beingRead.Remove(name);
        }

        lease.Remove();
    }
}
