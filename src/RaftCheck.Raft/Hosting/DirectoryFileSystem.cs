using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Hosting;

/// <summary>A node's files in a directory of the machine. The directory belongs to one node alone.</summary>
/// <param name="directory">The directory; created if it does not exist.</param>
public sealed class DirectoryFileSystem(string directory) : IFileSystem
{
    /// <inheritdoc/>
    public Task<IFile> OpenAsync(string name)
    {
        Directory.CreateDirectory(directory);
        var stream = new FileStream(Path.Combine(directory, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true);
        return Task.FromResult<IFile>(new DirectoryFile(stream));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync()
    {
        Directory.CreateDirectory(directory);
        return Task.FromResult<IReadOnlyList<string>>([.. Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public Task RenameAsync(string from, string to)
    {
        File.Move(Path.Combine(directory, from), Path.Combine(directory, to), overwrite: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name)
    {
        File.Delete(Path.Combine(directory, name));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task FlushDirectoryAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IDisposable> LockAsync()
    {
        Directory.CreateDirectory(directory);
        return Task.FromResult<IDisposable>(new FileStream(Path.Combine(directory, "LOCK"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }

    private sealed class DirectoryFile(FileStream stream) : IFile
    {
        public long Length => stream.Length;

        public async Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int count)
        {
            var bytes = new byte[Math.Max(0, Math.Min(count, stream.Length - offset))];
            stream.Position = offset;
            await stream.ReadExactlyAsync(bytes);
            return bytes;
        }

        public async Task AppendAsync(ReadOnlyMemory<byte> bytes)
        {
            stream.Position = stream.Length;
            await stream.WriteAsync(bytes);
        }

        public Task FlushAsync()
        {
            stream.Flush(flushToDisk: true);
            return Task.CompletedTask;
        }

        public Task TruncateAsync(long length)
        {
            stream.SetLength(length);
            return Task.CompletedTask;
        }

        public void Dispose() => stream.Dispose();
    }
}
