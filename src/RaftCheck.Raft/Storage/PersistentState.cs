namespace RaftCheck.Raft.Storage;

/// <summary>The persistent state of a server (Figure 2), as its storage holds it.</summary>
/// <param name="CurrentTerm">The latest term that the server has seen.</param>
/// <param name="VotedFor">The candidate that received its vote in that term, or null.</param>
/// <param name="Log">The log. It begins after the snapshot, if there is one.</param>
/// <param name="Bootstrap">The configuration that the server began with.</param>
/// <param name="Snapshot">What the latest snapshot stands for, or null if there is none.</param>
public sealed record PersistentState(
    Term CurrentTerm,
    NodeId? VotedFor,
    RaftLog Log,
    ClusterConfiguration Bootstrap,
    SnapshotMetadata? Snapshot);
