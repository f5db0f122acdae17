using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Rules;

/// <summary>How the chunks of a snapshot go from a leader to a follower, over a network that loses, repeats and reorders (Figure 13).</summary>
internal static class SnapshotTransferRule
{
    /// <summary>What becomes of a chunk (Figure 13, rules 2 to 4): only the one that is next is written.</summary>
    /// <param name="offset">Where the chunk begins.</param>
    /// <param name="received">How many bytes have come before it.</param>
    public static ChunkOutcome Judge(long offset, long received)
    {
        if (offset == received)
        {
            return ChunkOutcome.Taken;
        }

        return offset < received ? ChunkOutcome.Repeated : ChunkOutcome.OutOfOrder;
    }

    /// <summary>
    /// Whether a chunk belongs to a snapshot of this very leadership. Another server's snapshot of the same entry may
    /// differ in its bytes, so one is never continued with chunks of the other.
    /// </summary>
    /// <param name="current">The first chunk's request.</param>
    /// <param name="request">The chunk's.</param>
    public static bool IsContinued(InstallSnapshotRequest current, InstallSnapshotRequest request) =>
        (current.Term, current.LeaderId, current.Length) == (request.Term, request.LeaderId, request.Length)
        && current.Snapshot == request.Snapshot;

    /// <summary>
    /// Whether a chunk comes late: its leader has begun to send a newer snapshot since (Figure 13, rule 5, for those that
    /// are not complete yet).
    /// </summary>
    /// <param name="current">The request whose snapshot is being received.</param>
    /// <param name="request">The chunk's.</param>
    public static bool IsOvertaken(InstallSnapshotRequest current, InstallSnapshotRequest request) =>
        current.Term == request.Term && current.Snapshot.LastIncludedIndex > request.Snapshot.LastIncludedIndex;

    /// <summary>
    /// Whether a leader that has a newer snapshot begins anew with it. It does when its log no longer goes on where the one
    /// under way ends: then that one alone would be of no use.
    /// </summary>
    /// <param name="underWay">What the snapshot under way stands for.</param>
    /// <param name="baseIndex">Where the leader's log begins.</param>
    public static bool StartsOver(SnapshotMetadata underWay, LogIndex baseIndex) => underWay.LastIncludedIndex < baseIndex;

    /// <summary>
    /// Whether an answer lets the leader send the next chunk at once. One that takes it no further does not: it would be
    /// sent again and again, as fast as the network goes.
    /// </summary>
    /// <param name="request">The chunk.</param>
    /// <param name="reply">The answer.</param>
    public static bool IsProgress(InstallSnapshotRequest request, InstallSnapshotReply reply) =>
        reply.NextOffset > request.Offset && reply.NextOffset <= request.Length;
}
