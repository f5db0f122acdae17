namespace RaftCheck.Raft;

/// <summary>
/// One entry of the log (§5.3): a command for the state machine, or something of Raft's own, and the term in which a
/// leader created it. Immutable; it may be shared between threads.
/// </summary>
/// <param name="Index">The entry's position; 1 or more.</param>
/// <param name="Term">The term of the leader that created it.</param>
/// <param name="Command">
/// The command's bytes, or an encoded <see cref="ClusterConfiguration"/>; empty for the other kinds. They must not be
/// changed after the entry was made.
/// </param>
public sealed record LogEntry(LogIndex Index, Term Term, ReadOnlyMemory<byte> Command)
{
    /// <summary>What the entry is for.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>
    /// The cluster's time, as the leader that created the entry knew it (dissertation, §6.3): it runs only while a leader
    /// does, never goes back along the log, and is the same on every server. Sessions expire by it. Whole microseconds.
    /// </summary>
    public TimeSpan Time { get; init; }

    /// <summary>The client session that the command belongs to, or null: then a repeated command is executed again.</summary>
    public ClientSequence? Client { get; init; }
}
