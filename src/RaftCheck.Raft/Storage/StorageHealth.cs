namespace RaftCheck.Raft.Storage;

/// <summary>
/// Whether a storage can still be relied on. After a write, a flush or a change of names that failed, nobody knows what is
/// on the disk, and to try again as if nothing had happened would make a promise that nobody can keep: the kernel may have
/// dropped the very bytes whose flush it reported as failed, and count them as clean. So the first failure is final.
/// Safe for use by several threads.
/// </summary>
internal sealed class StorageHealth
{
    private volatile StorageException? failure;

    /// <exception cref="StorageException">A change has failed before, or the storage is closed.</exception>
    public void Require()
    {
        if (failure is { } first)
        {
            throw new StorageException($"The storage takes no more changes: {first.Message}", first);
        }
    }

    /// <summary>From now on, every change is refused.</summary>
    public void Close() => failure ??= new StorageException("It is closed.");

    /// <summary>Changes something on the disk. If that fails, it was the last change.</summary>
    /// <param name="file">What is changed, for the message.</param>
    /// <param name="change">The change.</param>
    /// <exception cref="StorageException">The change failed, or one before it has.</exception>
    public async Task ChangeAsync(string file, Func<Task> change)
    {
        Require();
        try
        {
            await change();
        }
        catch (Exception e)
        {
            var failed = new StorageException($"{file} could not be written: {e.Message}", e);
            failure ??= failed;
            throw failed;
        }
    }

    /// <summary>Reads something. To fail at that changes nothing, so it may be tried again.</summary>
    /// <param name="file">What is read, for the message.</param>
    /// <param name="read">The reading.</param>
    /// <exception cref="StorageException">It failed.</exception>
    public static async Task<T> ReadAsync<T>(string file, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is not StorageException)
        {
            throw new StorageException($"{file} could not be read: {e.Message}", e);
        }
    }
}
