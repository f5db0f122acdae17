using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Node;

/// <summary>
/// A leader's snapshot that is on its way to this server (Figure 13). Guarded by the node's lock, but for the file: that
/// belongs to the one handler that has set <see cref="IsBusy"/>, and to nobody else until it is done.
/// </summary>
/// <param name="first">The request of its first chunk.</param>
internal sealed class SnapshotArrival(InstallSnapshotRequest first)
{
    public InstallSnapshotRequest First { get; } = first;

    /// <summary>The file; null until the first chunk is written.</summary>
    public SnapshotReceiver? File { get; set; }

    /// <summary>How many bytes are written: where the next chunk begins.</summary>
    public long Received { get; set; }

    /// <summary>Whether a handler is writing a chunk.</summary>
    public bool IsBusy { get; set; }
}
