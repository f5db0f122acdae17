using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Messages;

/// <summary>The arguments of the InstallSnapshot RPC (Figure 13): one chunk of a snapshot.</summary>
/// <param name="Term">The leader's term.</param>
/// <param name="LeaderId">The leader, so that a follower can redirect clients.</param>
/// <param name="Snapshot">What the snapshot stands for: lastIncludedIndex, lastIncludedTerm, and the configuration.</param>
/// <param name="Offset">Where the chunk stands in the snapshot's file, in bytes; 0 or more.</param>
/// <param name="Data">The chunk's bytes. They must not be changed.</param>
/// <param name="Length">How long the whole file is, in bytes.</param>
public sealed record InstallSnapshotRequest(
    Term Term,
    NodeId LeaderId,
    SnapshotMetadata Snapshot,
    long Offset,
    ReadOnlyMemory<byte> Data,
    long Length)
{
    /// <summary>Whether this is the last chunk (Figure 13: done).</summary>
    public bool Done => Offset + Data.Length == Length;
}

/// <summary>The results of the InstallSnapshot RPC (Figure 13).</summary>
/// <param name="Term">The follower's current term, for the leader to update itself; 0 of a server that has stopped.</param>
/// <param name="NextOffset">
/// How many bytes of this snapshot the follower has, from the first on: where the leader goes on, whatever was lost,
/// repeated or reordered. 0 if it has none.
/// </param>
/// <param name="Installed">
/// Whether the follower has everything up to the snapshot's last index on its disk: by this snapshot, a newer one, or its
/// log.
/// </param>
public sealed record InstallSnapshotReply(Term Term, long NextOffset, bool Installed);
