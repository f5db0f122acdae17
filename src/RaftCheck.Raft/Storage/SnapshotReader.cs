using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// A snapshot that is being read, for a follower or to restore the state machine. It stays readable while newer ones are
/// committed. Used by one activity, which disposes it.
/// </summary>
internal sealed class SnapshotReader : IDisposable
{
    private readonly IFile file;
    private readonly string name;
    private readonly Action closed;
    private readonly int headerLength;
    private bool disposed;

    public SnapshotReader(IFile file, string name, SnapshotMetadata metadata, Action closed)
    {
        this.file = file;
        this.name = name;
        this.closed = closed;
        Metadata = metadata;
        Length = file.Length;
        headerLength = SnapshotFormat.Header(metadata).Length;
    }

    /// <summary>What the snapshot stands for.</summary>
    public SnapshotMetadata Metadata { get; }

    /// <summary>The length of the whole file in bytes.</summary>
    public long Length { get; }

    /// <summary>A part of the file, as another server's <see cref="SnapshotReceiver"/> takes it.</summary>
    /// <param name="offset">Where the part begins, in bytes.</param>
    /// <param name="count">How many bytes; fewer are returned where the file ends before.</param>
    /// <exception cref="StorageException">The disk failed at reading.</exception>
    public Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int count) =>
        StorageHealth.ReadAsync(name, () => file.ReadAsync(offset, count));

    /// <summary>The state machine's own bytes, from the first on.</summary>
    public IByteSource OpenBody() => new Body(this);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            file.Dispose();
            closed();
        }
    }

    private sealed class Body(SnapshotReader reader) : IByteSource
    {
        private readonly long end = reader.Length - SnapshotFormat.FooterLength;
        private long at = reader.headerLength;

        public async Task<ReadOnlyMemory<byte>> ReadAsync(int atMost)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
            var bytes = await reader.ReadAsync(at, (int)Math.Min(atMost, end - at));
            if (bytes.IsEmpty && at < end)
            {
                throw new StorageException($"{reader.name} ends early: it was cut off while it was read.");
            }

            at += bytes.Length;
            return bytes;
        }
    }
}
