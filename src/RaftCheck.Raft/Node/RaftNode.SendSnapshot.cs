using RaftCheck.Raft.Node;

namespace RaftCheck.Raft;

/// <summary>InstallSnapshot (Figure 13), the leader's side: one task for each RPC, one chunk at a time.</summary>
public sealed partial class RaftNode
{
    private static void BeginSnapshotLocked(Progress follower) => follower.Mode = ReplicationMode.Snapshot;
}
