namespace RaftCheck.Raft.Storage;

/// <summary>
/// Another server's snapshot, its file byte by byte, on the way to this server's disk (InstallSnapshot, Figure 13). Used by
/// one activity. Disposing it without <see cref="CompleteAsync"/> abandons it.
/// </summary>
internal sealed class SnapshotReceiver(SnapshotTarget target, SnapshotMetadata metadata, long length) : IDisposable
{
    /// <summary>How many bytes have come so far: the offset of the next.</summary>
    public long Received { get; private set; }

    /// <summary>Takes the next bytes of the file.</summary>
    /// <param name="bytes">The bytes. The caller may reuse them once the task has completed.</param>
    /// <exception cref="InvalidDataException">There are more than announced.</exception>
    /// <exception cref="StorageException">The disk failed. The storage takes no more changes.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > length - Received)
        {
            throw new InvalidDataException($"The snapshot was announced with {length} bytes, and has more.");
        }

        await target.AppendAsync(bytes);
        Received += bytes.Length;
    }

    /// <summary>
    /// Checks the file as it arrived on this disk, makes it durable, and makes it the latest snapshot, unless there is a
    /// later one already. Only then may the log be compacted or reset.
    /// </summary>
    /// <exception cref="InvalidDataException">It is not the snapshot that was announced, or damaged. It was deleted.</exception>
    /// <exception cref="StorageException">The disk failed. The storage takes no more changes.</exception>
    public async Task CompleteAsync()
    {
        if (Received != length)
        {
            throw await RefuseAsync($"{Received} of its {length} bytes have come");
        }

        SnapshotMetadata found;
        try
        {
            found = await StorageHealth.ReadAsync("The snapshot that was received", () => SnapshotFormat.VerifyAsync(target.File));
        }
        catch (StorageException e) when (e.InnerException is InvalidDataException damage)
        {
            throw await RefuseAsync(damage.Message);
        }

        if (found != metadata)
        {
            throw await RefuseAsync($"it was announced as {metadata}, and is {found}");
        }

        await target.InstallAsync(metadata);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => target.Dispose();

    private async Task<InvalidDataException> RefuseAsync(string reason)
    {
        await target.DiscardAsync();
        return new InvalidDataException($"The snapshot up to index {metadata.LastIncludedIndex} can't be installed: {reason}.");
    }
}
