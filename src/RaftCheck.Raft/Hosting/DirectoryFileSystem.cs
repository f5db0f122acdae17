using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Hosting;

/// <summary>
/// A node's files in a directory of the machine, which belongs to one node alone. The directory is created if it does not
/// exist. One activity at a time may change names; files are independent of each other.
/// </summary>
/// <param name="directory">The directory.</param>
public sealed class DirectoryFileSystem(string directory) : IFileSystem
{
    /// <summary>Not listed: it is this class's own, and never deleted, or two processes could each lock one of that name.</summary>
    private const string LockName = "LOCK";

    /// <inheritdoc/>
    public Task<IFile> OpenAsync(string name)
    {
        DirectoryFlush.Create(directory);
        return Task.FromResult<IFile>(new DirectoryFile(PathOf(name)));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync()
    {
        DirectoryFlush.Create(directory);
        var names = Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path)).Where(name => name != LockName);
        return Task.FromResult<IReadOnlyList<string>>([.. names.Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public Task RenameAsync(string from, string to)
    {
        File.Move(PathOf(from), PathOf(to), overwrite: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name)
    {
        File.Delete(PathOf(name));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task FlushDirectoryAsync() => Task.Run(() => DirectoryFlush.Flush(directory));

    /// <inheritdoc/>
    public Task<IDisposable> LockAsync()
    {
        DirectoryFlush.Create(directory);
        try
        {
            // The operating system gives it up when the process ends, however it ends.
            return Task.FromResult<IDisposable>(new FileStream(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            throw new IOException($"The directory {directory} is in use by another process, or by another node of this one.", e);
        }
    }

    /// <summary>As Windows (ERROR_SHARING_VIOLATION), Linux and macOS (EWOULDBLOCK of flock) call it.</summary>
    private static bool IsSharingViolation(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;

    private string PathOf(string name) => Path.Combine(directory, name);
}
