using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// What of a server survives a crash (Figure 2, persistent state; §7): a write-ahead log in segments, and snapshots, in a
/// directory that is locked for as long as the storage is open. The members that collect changes are called under the
/// node's lock; the others are not, and may run beside them and beside each other, but for <see cref="WriteAsync"/>,
/// which is under way once at the most, as is <see cref="DeleteObsoleteAsync"/>.
/// </summary>
/// <remarks>
/// <para>
/// A promise is made only after <see cref="WriteAsync"/> has returned, and holds through a crash at any point. A snapshot
/// is committed before the compaction or the reset that relies on it is added. A write that fails is the last one: the
/// server must stop.
/// </para>
/// <para>
/// Damage is told from what a crash tore by what comes behind it (<see cref="WalRecovery"/>). One case can't be told: if
/// the disk damages the very last batch that was flushed, or loses everything from some point on to the end, nothing intact
/// comes behind that. It looks just like a write that a crash tore, and is cut off. Nor can a disk that goes back to an
/// earlier state as a whole, from a copy for instance, be told from one that never got further.
/// </para>
/// </remarks>
internal sealed class RaftStorage : IDisposable
{
    public const int DefaultSegmentBytes = 4 * 1024 * 1024;

    private readonly WriteAheadLog wal;
    private readonly SnapshotStore snapshots;
    private readonly StorageHealth health;
    private readonly StorageLease lease;
    private bool disposed;

    private RaftStorage(WriteAheadLog wal, SnapshotStore snapshots, StorageHealth health, StorageLease lease)
    {
        this.wal = wal;
        this.snapshots = snapshots;
        this.health = health;
        this.lease = lease;
    }

    /// <summary>How many bytes of changes were collected since the storage was opened. It never goes back.</summary>
    public long Position => wal.Position;

    /// <summary>Opens a server's storage, and repairs what a crash has left; or creates it, in a directory without one.</summary>
    /// <param name="files">The server's directory.</param>
    /// <param name="id">The server. The storage of another one is refused.</param>
    /// <param name="bootstrap">The configuration to begin with. If there is a storage, it knows its own, and this is ignored.</param>
    /// <param name="segmentBytes">How long a file of the log gets before the next one is begun; 1 or more.</param>
    /// <returns>The storage, and what it holds: all of it is durable.</returns>
    /// <exception cref="StorageException">The storage can't be used; the message says why, and what to do.</exception>
    public static async Task<(RaftStorage Storage, PersistentState State)> OpenAsync(
        IFileSystem files,
        NodeId id,
        ClusterConfiguration bootstrap,
        int segmentBytes = DefaultSegmentBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentBytes, 1);
        var lease = new StorageLease(await LockAsync(files));
        try
        {
            var health = new StorageHealth();
            var (wal, snapshots, state) = await new StorageOpening(files, health, lease).OpenAsync(new StorageManifest(id, bootstrap), segmentBytes);
            var storage = new RaftStorage(wal, snapshots, health, lease);
            await storage.DeleteObsoleteAsync();
            return (storage, state);
        }
        catch
        {
            lease.Remove();
            throw;
        }
    }

    /// <summary>Collects the current term and the vote in it. Called under the node's lock, as all that begins with Add.</summary>
    public void AddTermAndVote(Term term, NodeId? votedFor) => wal.AddTermAndVote(term, votedFor);

    /// <summary>Collects an entry at the end of the log.</summary>
    public void AddEntry(LogEntry entry) => wal.AddEntry(entry);

    /// <summary>Collects that the log ends before an index, which is in the log and not compacted.</summary>
    public void AddTruncation(LogIndex from) => wal.AddTruncation(from);

    /// <summary>Collects that the log begins after an entry that it has, and that a committed snapshot covers (§7).</summary>
    /// <param name="upTo">The entry's index.</param>
    /// <param name="term">Its term.</param>
    public void AddCompaction(LogIndex upTo, Term term) => wal.AddCompaction(upTo, term);

    /// <summary>Collects that a committed snapshot takes the place of the whole log (Figure 13, rule 7).</summary>
    /// <param name="baseIndex">The snapshot's last included index.</param>
    /// <param name="baseTerm">Its last included term.</param>
    public void AddReset(LogIndex baseIndex, Term baseTerm) => wal.AddReset(baseIndex, baseTerm);

    /// <summary>Takes the collected changes, for one <see cref="WriteAsync"/>. Called under the node's lock.</summary>
    public ReadOnlyMemory<byte> TakePending() => wal.TakePending();

    /// <summary>Makes changes durable, all or none of them.</summary>
    /// <param name="records">What <see cref="TakePending"/> returned last.</param>
    /// <exception cref="StorageException">The disk failed. The storage takes no more changes.</exception>
    public Task WriteAsync(ReadOnlyMemory<byte> records) => wal.WriteAsync(records);

    /// <summary>Deletes the log's files and the snapshots that nothing needs any more, by what is durable.</summary>
    /// <exception cref="StorageException">The disk failed. The storage takes no more changes.</exception>
    public async Task DeleteObsoleteAsync()
    {
        await snapshots.DeleteObsoleteAsync();
        await wal.DeleteObsoleteAsync();
    }

    /// <summary>Begins to write a snapshot of the server's own state machine.</summary>
    /// <param name="metadata">What it stands for.</param>
    /// <exception cref="StorageException">The disk failed. The storage takes no more changes.</exception>
    public Task<SnapshotWriter> BeginSnapshotAsync(SnapshotMetadata metadata) => snapshots.BeginAsync(metadata);

    /// <summary>Begins to receive the file of another server's snapshot.</summary>
    /// <param name="metadata">What it is said to stand for.</param>
    /// <param name="length">The file's length in bytes.</param>
    /// <exception cref="StorageException">The disk failed. The storage takes no more changes.</exception>
    public Task<SnapshotReceiver> BeginReceiveAsync(SnapshotMetadata metadata, long length) => snapshots.BeginReceiveAsync(metadata, length);

    /// <summary>Opens the latest snapshot for one reader, or returns null if there is none.</summary>
    /// <exception cref="StorageException">The disk failed at reading, or the storage takes no more changes.</exception>
    public Task<SnapshotReader?> OpenSnapshotAsync() => snapshots.OpenLatestAsync();

    /// <summary>
    /// Closes the storage. No <see cref="WriteAsync"/> is under way. Snapshots that are being written fail from now on;
    /// the directory's lock is released once they and all readers are disposed. May be called more than once.
    /// </summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            health.Close();
            wal.Dispose();
            lease.Remove();
        }
    }

    private static async Task<IDisposable> LockAsync(IFileSystem files)
    {
        try
        {
            return await files.LockAsync();
        }
        catch (Exception e)
        {
            throw new StorageException($"The storage can't be locked: {e.Message}", e);
        }
    }
}
