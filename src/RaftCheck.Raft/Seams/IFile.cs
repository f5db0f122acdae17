namespace RaftCheck.Raft.Seams;

/// <summary>
/// The files of one node, in one flat directory. What happens to names (a file was created, renamed or deleted) is
/// durable only after a later <see cref="FlushDirectoryAsync"/>: until then a crash may undo it.
/// </summary>
public interface IFileSystem
{
    /// <summary>Opens a file, and creates it if it does not exist.</summary>
    /// <param name="name">The file's name, without a path.</param>
    Task<IFile> OpenAsync(string name);

    /// <summary>The names of all files, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListAsync();

    /// <summary>Gives a file another name, in one step. A file that has that name already is replaced.</summary>
    /// <param name="from">The file's name. Nobody has it open.</param>
    /// <param name="to">Its new name.</param>
    Task RenameAsync(string from, string to);

    /// <summary>Deletes a file. Nothing happens if there is none of that name.</summary>
    /// <param name="name">The file's name. Nobody has it open.</param>
    Task DeleteAsync(string name);

    /// <summary>Makes durable what happened to names so far.</summary>
    Task FlushDirectoryAsync();

    /// <summary>
    /// Takes the directory for this process alone, until the result is disposed or the process ends, however it ends.
    /// </summary>
    /// <exception cref="IOException">Somebody else has it.</exception>
    Task<IDisposable> LockAsync();
}

/// <summary>
/// A file that grows at its end. One call is under way at a time.
/// What was appended is durable only after a later <see cref="FlushAsync"/> has completed: until then a crash may lose it,
/// wholly or from any byte on. Disposing closes the file; it makes nothing durable.
/// </summary>
public interface IFile : IDisposable
{
    /// <summary>The file's length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads a part of the file.</summary>
    /// <param name="offset">Where the part begins, in bytes; 0 or more.</param>
    /// <param name="count">How many bytes; fewer are returned where the file ends before.</param>
    Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int count);

    /// <summary>Adds bytes at the end.</summary>
    /// <param name="bytes">The bytes. The caller may reuse them once the task has completed.</param>
    Task AppendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Makes everything that was appended or truncated so far durable.</summary>
    Task FlushAsync();

    /// <summary>Cuts the file off.</summary>
    /// <param name="length">The new length in bytes; not longer than the file is.</param>
    Task TruncateAsync(long length);
}
