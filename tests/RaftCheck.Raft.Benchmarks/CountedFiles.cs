using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Benchmarks;

/// <summary>Counts the flushes of files, and the bytes written to them; directories are not counted.</summary>
internal sealed class CountedFiles(IFileSystem files) : IFileSystem
{
    private long flushes;
    private long bytesWritten;

    public long Flushes => Interlocked.Read(ref flushes);

    public long BytesWritten => Interlocked.Read(ref bytesWritten);

    public async Task<IFile> OpenAsync(string name) => new CountedFile(this, await files.OpenAsync(name));

    public Task<IReadOnlyList<string>> ListAsync() => files.ListAsync();

    public Task RenameAsync(string from, string to) => files.RenameAsync(from, to);

    public Task DeleteAsync(string name) => files.DeleteAsync(name);

    public Task FlushDirectoryAsync() => files.FlushDirectoryAsync();

    public Task<IDisposable> LockAsync() => files.LockAsync();

    private sealed class CountedFile(CountedFiles owner, IFile file) : IFile
    {
        public long Length => file.Length;

        public Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int count) => file.ReadAsync(offset, count);

        public Task AppendAsync(ReadOnlyMemory<byte> bytes)
        {
            Interlocked.Add(ref owner.bytesWritten, bytes.Length);
            return file.AppendAsync(bytes);
        }

        public Task FlushAsync()
        {
            Interlocked.Increment(ref owner.flushes);
            return file.FlushAsync();
        }

        public Task TruncateAsync(long length) => file.TruncateAsync(length);

        public void Dispose() => file.Dispose();
    }
}
