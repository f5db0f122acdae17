namespace RaftCheck.Raft;

/// <summary>
/// The replicated state machine (§2). It must be deterministic: the same entries in the same order give the same
/// results on every server.
/// </summary>
public interface IStateMachine
{
    /// <summary>
    /// Applies one committed entry. Called by one activity only, in log order, each index once, without the node's lock:
    /// it may take its time.
    /// </summary>
    /// <param name="entry">The committed entry.</param>
    /// <returns>The result, for the client that waits for it on the leader.</returns>
    ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogEntry entry);
}
