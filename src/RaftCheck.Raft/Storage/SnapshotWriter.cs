namespace RaftCheck.Raft.Storage;

/// <summary>
/// A snapshot that this server takes of its own state machine, on the way to its file. Used by one activity. Disposing
/// it without <see cref="CommitAsync"/> abandons it.
/// </summary>
internal sealed class SnapshotWriter : IByteSink, IDisposable
{
    private readonly SnapshotTarget target;
    private readonly SnapshotMetadata metadata;

    /// <summary>Bytes for the file's next write: a state machine may give them in small pieces.</summary>
    private readonly byte[] buffer = new byte[SnapshotFormat.ChunkLength];
    private int buffered;
    private byte[]? header;
    private long bodyLength;
    private uint checksum;
    private bool committed;

    public SnapshotWriter(SnapshotTarget target, SnapshotMetadata metadata)
    {
        this.target = target;
        this.metadata = metadata;
        header = SnapshotFormat.Header(metadata);
    }

    /// <inheritdoc/>
    /// <exception cref="StorageException">The disk failed. The storage takes no more changes.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (committed)
        {
            throw new InvalidOperationException("The snapshot was committed; nothing can be added to it.");
        }

        if (header is { } first)
        {
            header = null;
            await AddAsync(first);
        }

        bodyLength += bytes.Length;
        await AddAsync(bytes);
    }

    /// <summary>
    /// Makes the snapshot durable and the latest, unless there is a later one already. Only then may the log be compacted.
    /// </summary>
    /// <exception cref="StorageException">The disk failed. The storage takes no more changes.</exception>
    public async Task CommitAsync()
    {
        await WriteAsync(ReadOnlyMemory<byte>.Empty);
        committed = true;
        await FlushBufferAsync();
        await target.AppendAsync(SnapshotFormat.Footer(bodyLength, checksum));
        await target.InstallAsync(metadata);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => target.Dispose();

    private async Task AddAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var fits = Math.Min(bytes.Length, buffer.Length - buffered);
            bytes[..fits].CopyTo(buffer.AsMemory(buffered));
            buffered += fits;
            bytes = bytes[fits..];
            if (buffered == buffer.Length)
            {
                await FlushBufferAsync();
            }
        }
    }

    private async Task FlushBufferAsync()
    {
        var full = buffer.AsMemory(0, buffered);
        checksum = Crc32C.Continue(checksum, full.Span);
        buffered = 0;
        await target.AppendAsync(full);
    }
}
