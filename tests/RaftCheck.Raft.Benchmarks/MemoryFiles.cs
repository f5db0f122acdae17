using System.Buffers;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Benchmarks;

/// <summary>
/// Files in memory that allocate next to nothing, so that what is measured is the Raft's: their buffers are rented, and
/// given back when a file is deleted.
/// </summary>
internal sealed class MemoryFiles : IFileSystem
{
    private readonly object mutex = new();
    private readonly SortedDictionary<string, MemoryFile> files = new(StringComparer.Ordinal);

    public Task<IFile> OpenAsync(string name)
    {
        lock (mutex)
        {
            if (!files.TryGetValue(name, out var file))
            {
                files.Add(name, file = new MemoryFile());
            }

            return Task.FromResult<IFile>(file);
        }
    }

    public Task<IReadOnlyList<string>> ListAsync()
    {
        lock (mutex)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. files.Keys]);
        }
    }

    public Task RenameAsync(string from, string to)
    {
        lock (mutex)
        {
            files.Remove(from, out var file);
            files.Remove(to, out var replaced);
            replaced?.Release();
            files.Add(to, file!);
        }

        return Task.CompletedTask;
    }

    public Task DeleteAsync(string name)
    {
        lock (mutex)
        {
            files.Remove(name, out var file);
            file?.Release();
        }

        return Task.CompletedTask;
    }

    public Task FlushDirectoryAsync() => Task.CompletedTask;

    public Task<IDisposable> LockAsync() => Task.FromResult<IDisposable>(new MemoryStream());

    private sealed class MemoryFile : IFile
    {
        private byte[] bytes = ArrayPool<byte>.Shared.Rent(1 << 10);

        public long Length { get; private set; }

        public Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int count) =>
            Task.FromResult<ReadOnlyMemory<byte>>(bytes.AsMemory((int)offset, (int)Math.Max(0, Math.Min(count, Length - offset))));

        public Task AppendAsync(ReadOnlyMemory<byte> more)
        {
            if (Length + more.Length > bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(2 * Length, Length + more.Length));
                bytes.AsSpan(0, (int)Length).CopyTo(larger);
                Release();
                bytes = larger;
            }

            more.Span.CopyTo(bytes.AsSpan((int)Length));
            Length += more.Length;
            return Task.CompletedTask;
        }

        public Task FlushAsync() => Task.CompletedTask;

        public Task TruncateAsync(long length)
        {
            Length = length;
            return Task.CompletedTask;
        }

        /// <summary>The buffer is given back; nobody uses the file any more, or it gets another.</summary>
        public void Release() => ArrayPool<byte>.Shared.Return(bytes);

        /// <summary>The file stays: it may be opened again.</summary>
        public void Dispose()
        {
        }
    }
}
