using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Node;

/// <summary>
/// A snapshot on its way from this leader to a follower (Figure 13). It belongs to one task at a time: that of the chunk
/// under way, which hands it on to the next one's.
/// </summary>
internal sealed class SnapshotTransfer(Progress follower, Term term) : IDisposable
{
    public Progress Follower { get; } = follower;

    /// <summary>The leader's term. The transfer ends with it.</summary>
    public Term Term { get; } = term;

    /// <summary>The file that is sent; null until it is opened.</summary>
    public SnapshotReader? File { get; private set; }

    /// <summary>Where the next chunk begins.</summary>
    public long Offset { get; set; }

    /// <summary>Begins anew, with another file.</summary>
    public void Begin(SnapshotReader file)
    {
        File?.Dispose();
        File = file;
        Offset = 0;
    }

    public void Dispose() => File?.Dispose();
}
