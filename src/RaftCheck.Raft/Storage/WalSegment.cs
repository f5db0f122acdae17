namespace RaftCheck.Raft.Storage;

/// <summary>One file of the write-ahead log.</summary>
/// <param name="Number">The file's number; they are consecutive.</param>
/// <param name="FirstBatch">The number of its first batch, the checkpoint.</param>
/// <param name="LogEnd">The log's last index when the file was begun: once the log begins no earlier, the files before this one are not needed.</param>
internal readonly record struct WalSegment(long Number, long FirstBatch, LogIndex LogEnd)
{
    /// <summary>The file's name. Made once: each flush says which file it is of.</summary>
    public string Name { get; } = StorageNames.Segment(Number);
}
