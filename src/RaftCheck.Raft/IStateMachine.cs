namespace RaftCheck.Raft;

/// <summary>
/// The replicated state machine (§2). It must be deterministic: the same entries in the same order give the same
/// results on every server. All its members are called by one activity, the applier, without the node's lock.
/// </summary>
public interface IStateMachine
{
    /// <summary>
    /// Applies one committed command, in log order, each once. It may take its time. A command that a client sent again
    /// is not applied again: the node knows the sessions.
    /// </summary>
    /// <param name="entry">The committed entry, of kind <see cref="EntryKind.Command"/>.</param>
    /// <returns>The result, for the client that waits for it on the leader.</returns>
    ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogEntry entry);

    /// <summary>
    /// The state at this moment, which a task of its own then writes down beside further commands being applied (§7): so
    /// it must be quick, and what it returns must not change (copy on write, or a copy).
    /// </summary>
    IStateSnapshot TakeSnapshot();

    /// <summary>Forgets everything, and takes over the state that another server's, or an earlier, snapshot has written.</summary>
    /// <param name="source">What <see cref="IStateSnapshot.WriteToAsync"/> wrote.</param>
    Task RestoreAsync(IByteSource source);
}

/// <summary>A state machine's state at one moment. Used by one activity; disposed when it was written, or is not needed.</summary>
public interface IStateSnapshot : IDisposable
{
    /// <summary>Writes the state.</summary>
    /// <param name="sink">Where to.</param>
    Task WriteToAsync(IByteSink sink);
}

/// <summary>Takes bytes, one call after another.</summary>
public interface IByteSink
{
    /// <summary>Takes more bytes.</summary>
    /// <param name="bytes">The bytes. The caller may reuse them once the task has completed.</param>
    Task WriteAsync(ReadOnlyMemory<byte> bytes);
}

/// <summary>Gives bytes, one call after another.</summary>
public interface IByteSource
{
    /// <summary>The next bytes.</summary>
    /// <param name="atMost">How many at the most; 1 or more.</param>
    /// <returns>Up to that many bytes; none at the end, and only there.</returns>
    Task<ReadOnlyMemory<byte>> ReadAsync(int atMost);
}
