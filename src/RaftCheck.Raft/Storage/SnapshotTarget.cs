using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// A snapshot's file under a temporary name, until it is complete. Used by one activity. Disposing it before it was
/// installed abandons it.
/// </summary>
internal sealed class SnapshotTarget(SnapshotStore store, StorageHealth health, StorageLease lease, string name, IFile file) : IDisposable
{
    private bool installed;
    private bool disposed;

    public IFile File => file;

    public Task AppendAsync(ReadOnlyMemory<byte> bytes) => health.ChangeAsync(name, () => file.AppendAsync(bytes));

    /// <summary>Makes the file durable, and gives it its name, for good.</summary>
    public async Task InstallAsync(SnapshotMetadata metadata)
    {
        await health.ChangeAsync(name, file.FlushAsync);
        file.Dispose();
        installed = true;
        await store.InstallAsync(name, metadata);
    }

    /// <summary>Gives the file up, and deletes it at once.</summary>
    public async Task DiscardAsync()
    {
        Dispose();
        await store.DeleteObsoleteAsync();
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        if (!installed)
        {
            file.Dispose();
            store.Abandon(name);
        }

        disposed = true;
        lease.Remove();
    }
}
