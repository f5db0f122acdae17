using RaftCheck.Raft.Sessions;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Sessions;

public sealed class SessionTableSnapshotTests
{
    [Fact]
    public void The_form_is_the_one_that_earlier_builds_wrote()
    {
        var table = new SessionTable(new RaftOptions { MaxSessionResponseBytes = 2 });
        table.Register(Entry(1, EntryKind.RegisterClient));
        table.Register(Entry(2, EntryKind.RegisterClient));
        table.Begin(Entry(3, client: new(1, 7)), out _);
        table.Complete(new(1, 7), new byte[] { 0xAA, 0xBB });

        const string second = "0200000000000000" + "0200000000000000" + "D007000000000000" + "0000000000000000" + "FFFFFFFF";
        const string first = "0100000000000000" + "0300000000000000" + "B80B000000000000" + "0700000000000000" + "02000000" + "AABB";
        Assert.Equal("01" + "4A00000000000000" + second + first, Convert.ToHexString(SessionLog.Bytes(table.Capture())));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    public void What_follows_the_table_in_the_source_is_left_for_others(int atOnce)
    {
        var bytes = SessionLog.Bytes(Filled().Capture());
        var source = new MemorySource([.. bytes, 1, 2, 3], atOnce);
        Assert.True(new SessionTable(new RaftOptions()).RestoreAsync(source).IsCompletedSuccessfully);
        Assert.Equal(bytes.Length, source.Taken);
    }

    [Fact]
    public void A_table_that_ends_early_is_refused_wherever_it_does_and_changes_nothing()
    {
        var bytes = SessionLog.Bytes(Filled().Capture());
        var table = Filled();
        for (var length = 0; length < bytes.Length; length++)
        {
            var restoring = table.RestoreAsync(new MemorySource(bytes[..length]));
            Assert.IsType<FormatException>(restoring.Exception?.InnerException);
        }

        Assert.Equal(bytes, SessionLog.Bytes(table.Capture()));
    }

    [Fact]
    public void An_unknown_version_is_refused_by_name()
    {
        var bytes = SessionLog.Bytes(Filled().Capture());
        bytes[0] = 2;
        var restoring = new SessionTable(new RaftOptions()).RestoreAsync(new MemorySource(bytes));
        Assert.Contains("version 2", Assert.IsType<FormatException>(restoring.Exception?.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_sessions_are_written_and_read_in_large_pieces()
    {
        var table = new SessionTable(new RaftOptions());
        for (var index = 1; index <= 10_000; index++)
        {
            table.Register(Entry(index, EntryKind.RegisterClient));
        }

        var sink = new MemorySink();
        Assert.True(table.Capture().WriteToAsync(sink).IsCompletedSuccessfully);
        Assert.InRange(sink.Pieces.Count, 2, 10);

        var restored = new SessionTable(new RaftOptions());
        Assert.True(restored.RestoreAsync(new MemorySource(sink.Written)).IsCompletedSuccessfully);
        Assert.Equal((10_000, table.Digest), (restored.Count, restored.Digest));
    }

    private static SessionTable Filled()
    {
        var table = new SessionTable(new RaftOptions());
        table.Register(Entry(1, EntryKind.RegisterClient));
        table.Begin(Entry(2, client: new(1, 1)), out _);
        table.Complete(new(1, 1), new byte[300]);
        table.Register(Entry(3, EntryKind.RegisterClient));
        return table;
    }

    /// <summary>An entry whose time is as many milliseconds as its index says.</summary>
    private static LogEntry Entry(long index, EntryKind kind = EntryKind.Command, ClientSequence? client = null) =>
        new(new(index), new(1), default) { Kind = kind, Client = client, Time = TimeSpan.FromMilliseconds(index) };
}
