using Microsoft.Win32.SafeHandles;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Hosting;

/// <summary>A file of the machine. It may be open more than once, and be replaced or deleted meanwhile.</summary>
internal sealed class DirectoryFile : IFile
{
    private readonly SafeFileHandle handle;

    public DirectoryFile(string path)
    {
        // Not FileShare.None: readers of a snapshot are several. The directory's lock keeps other processes out.
        handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>As this opening of the file knows it: only one opening changes a file.</summary>
    public long Length { get; private set; }

    public async Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int count)
    {
        var bytes = new byte[Math.Max(0, Math.Min(count, Length - offset))];
        var read = 0;
        while (read < bytes.Length)
        {
            var more = await RandomAccess.ReadAsync(handle, bytes.AsMemory(read), offset + read);
            if (more == 0)
            {
                throw new EndOfStreamException($"The file ends at byte {offset + read}; it was {Length} bytes long.");
            }

            read += more;
        }

        return bytes;
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        await RandomAccess.WriteAsync(handle, bytes, Length);
        Length += bytes.Length;
    }

    /// <summary>On a thread of the pool: the call takes as long as the disk does, and the caller's thread is not to wait.</summary>
    public Task FlushAsync() => Task.Run(() => RandomAccess.FlushToDisk(handle));

    public Task TruncateAsync(long length)
    {
        RandomAccess.SetLength(handle, length);
        Length = length;
        return Task.CompletedTask;
    }

    public void Dispose() => handle.Dispose();
}
