namespace RaftCheck.Raft.Rules;

/// <summary>
/// When a leader takes a command, and when it refuses it as overload: what it has to keep until it is done must be bounded,
/// also while no majority can be reached, or the state machine is slow.
/// </summary>
internal static class AdmissionRule
{
    /// <summary>Whether another command is let in. A single one always is, however large.</summary>
    /// <param name="unappliedEntries">Entries that are not applied yet.</param>
    /// <param name="uncommittedBytes">The bytes of commands that are not committed yet.</param>
    /// <param name="length">The command's length in bytes.</param>
    /// <param name="options">The limits.</param>
    public static bool MayTake(long unappliedEntries, long uncommittedBytes, int length, RaftOptions options) =>
        unappliedEntries < options.MaxUncommittedEntries
        && (uncommittedBytes == 0 || uncommittedBytes + length <= options.MaxUncommittedBytes);
}
