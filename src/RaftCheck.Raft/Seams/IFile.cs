namespace RaftCheck.Raft.Seams;

/// <summary>The files of one node.</summary>
public interface IFileSystem
{
    /// <summary>Opens a file, and creates it durably if it does not exist.</summary>
    /// <param name="name">The file's name, without a path.</param>
    Task<IFile> OpenAsync(string name);
}

/// <summary>
/// A file that grows at its end. One call is under way at a time.
/// What was appended is durable only after a later <see cref="FlushAsync"/> has completed: until then a crash may lose it,
/// wholly or from any byte on. Disposing closes the file; it makes nothing durable.
/// </summary>
public interface IFile : IDisposable
{
    /// <summary>Everything in the file.</summary>
    Task<ReadOnlyMemory<byte>> ReadAllAsync();

    /// <summary>Adds bytes at the end.</summary>
    /// <param name="bytes">The bytes. The caller may reuse them once the task has completed.</param>
    Task AppendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Makes everything that was appended or truncated so far durable.</summary>
    Task FlushAsync();

    /// <summary>Cuts the file off.</summary>
    /// <param name="length">The new length in bytes; not longer than the file is.</param>
    Task TruncateAsync(long length);
}
