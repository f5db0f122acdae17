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

    private sealed class DirectoryFile(FileStream stream) : IFile
    {
        public async Task<ReadOnlyMemory<byte>> ReadAllAsync()
        {
            var bytes = new byte[stream.Length];
            stream.Position = 0;
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
