using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Rules;

/// <summary>When a server takes a snapshot, and what of its log goes then (§7; dissertation, chapter 5).</summary>
internal static class SnapshotRule
{
    /// <summary>Whether enough was applied since the latest snapshot (dissertation, §5.1.2: when to snapshot).</summary>
    /// <param name="lastApplied">What the state machine has applied.</param>
    /// <param name="snapshotIndex">What the latest snapshot covers; 0 if there is none.</param>
    /// <param name="everyEntries">After how many entries; 0 for never.</param>
    public static bool IsDue(LogIndex lastApplied, LogIndex snapshotIndex, int everyEntries) =>
        everyEntries > 0 && lastApplied.Value - snapshotIndex.Value >= everyEntries;

    /// <summary>
    /// Up to where the log goes once a snapshot is on disk: some entries before its end stay, for followers that are only
    /// a little behind (dissertation, §5.1: a server may keep part of its log).
    /// </summary>
    /// <param name="baseIndex">Where the log begins; it never goes back.</param>
    /// <param name="snapshotIndex">What the snapshot covers.</param>
    /// <param name="trailingEntries">How many of the entries that it covers stay.</param>
    public static LogIndex CompactTo(LogIndex baseIndex, LogIndex snapshotIndex, int trailingEntries) =>
        new(Math.Max(baseIndex.Value, snapshotIndex.Value - trailingEntries));

    /// <summary>
    /// Whether the log has the snapshot's last included entry, so that what follows it stays (Figure 13, rule 6). If not,
    /// the whole log goes (rule 7): it ends before, or its end contradicts what is committed.
    /// </summary>
    /// <param name="log">The receiver's log.</param>
    /// <param name="snapshot">The snapshot; it covers more than was compacted away.</param>
    public static bool KeepsLog(RaftLog log, SnapshotMetadata snapshot) =>
        log.HasTermAt(snapshot.LastIncludedIndex) && log.TermAt(snapshot.LastIncludedIndex) == snapshot.LastIncludedTerm;
}
