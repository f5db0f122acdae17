namespace RaftCheck.Raft.Storage;

/// <summary>
/// The lock on the directory, shared by the storage and by every snapshot that is open: a successor gets the directory
/// only when the last of them was closed. Safe for use by several threads.
/// </summary>
/// <param name="directory">The lock, which has one user to begin with: the storage.</param>
internal sealed class StorageLease(IDisposable directory)
{
    private readonly object mutex = new();
    private int users = 1;

    public void Add()
    {
        lock (mutex)
        {
            users++;
        }
    }

    public void Remove()
    {
        lock (mutex)
        {
            if (--users > 0)
            {
                return;
            }
        }

        directory.Dispose();
    }
}
