using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Storage;

/// <summary>Short ways to use a storage, of server 0 of three, and to show what it holds.</summary>
internal static class Given
{
    public const string FirstSegment = "wal-0000000000000000001";
    public const string SecondSegment = "wal-0000000000000000002";
    public const string ThirdSegment = "wal-0000000000000000003";

    public static ClusterConfiguration Three { get; } = ClusterConfiguration.Of([Server(0), Server(1), Server(2)]);

    /// <summary>Opens the storage as the process of server 0 does when it starts.</summary>
    public static (RaftStorage Storage, PersistentState State) Open(this TestDisk disk, int segmentBytes = RaftStorage.DefaultSegmentBytes) =>
        RaftStorage.OpenAsync(disk, Server(0), Three, segmentBytes).Now();

    public static StorageException RefusesToOpen(this TestDisk disk) => Assert.Throws<StorageException>(() => disk.Open());

    public static void Flush(this RaftStorage storage) => storage.WriteAsync(storage.TakePending()).Done();

    /// <summary>That the task has completed by now, and well.</summary>
    public static void Done(this Task task)
    {
        Assert.True(task.IsCompleted, "The task has not completed.");
        task.GetAwaiter().GetResult();
    }

    /// <summary>Adds entries of these terms, each as a batch.</summary>
    public static void Append(this RaftStorage storage, long from, params long[] terms)
    {
        foreach (var (i, term) in terms.Index())
        {
            storage.AddEntry(Entry(from + i, term));
            storage.Flush();
        }
    }

    public static SnapshotMetadata Snapshot(long index, long term) =>
        new(new(index), new(term), Three, new(index - 1), TimeSpan.FromMicroseconds(index));

    public static byte[] Body(long index) => [.. Enumerable.Range(0, (int)(index * 10)).Select(i => (byte)(i + index))];

    public static void Commit(this RaftStorage storage, long index, long term)
    {
        using var writer = storage.BeginSnapshotAsync(Snapshot(index, term)).Now();
        writer.WriteAsync(Body(index)).Done();
        writer.CommitAsync().Done();
    }

    public static byte[] ReadBody(this SnapshotReader reader, int atMost = 7)
    {
        var source = reader.OpenBody();
        var body = new List<byte>();
        while (source.ReadAsync(atMost).Now() is { IsEmpty: false } bytes)
        {
            body.AddRange(bytes.ToArray());
        }

        return [.. body];
    }

    public static byte[] ReadFile(this SnapshotReader reader) => reader.ReadAsync(0, (int)reader.Length).Now().ToArray();

    /// <summary>Everything that a state says, as text.</summary>
    public static string Show(this PersistentState state) =>
        $"term {state.CurrentTerm}, vote {state.VotedFor}, log {state.Log.BaseIndex}:{state.Log.BaseTerm}|{string.Join(' ', state.Log.Entries.Select(Show))}, snapshot {state.Snapshot?.LastIncludedIndex}";

    public static void ShouldBe(this PersistentState state, string expected) => Assert.Equal(expected, state.Show());

    private static string Show(LogEntry entry) => $"{entry.Index}:{entry.Term}:{Convert.ToHexString(entry.Command.Span)}";
}
