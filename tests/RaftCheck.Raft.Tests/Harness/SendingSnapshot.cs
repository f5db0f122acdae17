using RaftCheck.Raft.Messages;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>A leader that has compacted its log and sends its snapshot: server 0, in term 2.</summary>
internal static class SendingSnapshot
{
    /// <summary>The most bytes of a chunk here. A snapshot of the four entries has more than three such chunks.</summary>
    public const int ChunkBytes = 50;

    public static RaftOptions Options { get; } = NodeUnderTest.Plain with { SnapshotTrailingEntries = 0, SnapshotChunkBytes = ChunkBytes };

    /// <summary>
    /// Its log is compacted up to index 4, the no-op of its term; server 2 has all of it. Server 1 has not said yet what it has: the
    /// probe behind index 3 is on its way.
    /// </summary>
    public static NodeUnderTest Compacted(RaftOptions? options = null, int servers = 3)
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1, 1, 1], servers, options ?? Options);
        for (var other = 2; other < servers; other++)
        {
            node.LastAppend(to: other).Reply(Accepted(2));
        }

        node.Snapshot();
        Assert.Equal(4, node.Node.GetStatus().SnapshotIndex.Value);
        return node;
    }

    /// <summary>Server 1 has nothing: the first chunk is on its way to it.</summary>
    public static NodeUnderTest ToServer1(RaftOptions? options = null, int servers = 3)
    {
        var node = Compacted(options, servers);
        node.LastAppend(to: 1).Reply(Rejected(2, TooShort(nextIndex: 1)));
        Assert.Single(node.Snapshots);
        node.Appends.Clear();
        return node;
    }

    /// <summary>Takes a snapshot of all that is applied.</summary>
    public static void Snapshot(this NodeUnderTest node) => Assert.NotNull(node.TakeSnapshot().Now());

    /// <summary>The leader has another command committed, with the help of these servers.</summary>
    public static void Commit(this NodeUnderTest node, params int[] with)
    {
        var index = node.Start().Index.Value;
        foreach (var server in with)
        {
            node.LastAppend(server).Reply(Accepted(node.Term));
        }

        Assert.Equal(index, node.CommitIndex);
    }

    /// <summary>The latest chunk.</summary>
    public static Call<InstallSnapshotRequest, InstallSnapshotReply> LastChunk(this NodeUnderTest node) => node.Snapshots[^1];

    /// <summary>The follower has taken the latest chunk.</summary>
    public static void TakeChunk(this NodeUnderTest node) => node.LastChunk().Reply(Taken(node.LastChunk().Request));

    /// <summary>The follower takes this chunk and all that follow, up to the last one of the file.</summary>
    public static void TakeAllChunks(this NodeUnderTest node)
    {
        for (var isDone = false; !isDone; node.TakeChunk())
        {
            isDone = node.LastChunk().Request.Done;
        }
    }

    /// <summary>What a follower that has written a chunk answers.</summary>
    public static InstallSnapshotReply Taken(InstallSnapshotRequest chunk) => new(chunk.Term, chunk.Offset + chunk.Data.Length, chunk.Done);

    public static InstallSnapshotReply GoOnAt(long offset, long term = 2) => new(new(term), offset, false);

    /// <summary>Where the chunks so far began.</summary>
    public static long[] Offsets(this NodeUnderTest node) => [.. node.Snapshots.Select(call => call.Request.Offset)];
}
