namespace RaftCheck.Raft;

/// <summary>
/// One entry of the log (§5.3): a command for the state machine, and the term in which a leader received it.
/// Immutable; it may be shared between threads.
/// </summary>
/// <param name="Index">The entry's position; 1 or more.</param>
/// <param name="Term">The term of the leader that created it.</param>
/// <param name="Command">The command's bytes. They must not be changed after the entry was made.</param>
public sealed record LogEntry(LogIndex Index, Term Term, ReadOnlyMemory<byte> Command);
