using RaftCheck.Raft.Snapshots;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Snapshots;

public sealed class ByteSourceReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public async Task What_was_written_is_read_however_little_comes_at_once(int atOnce)
    {
        var sink = new MemorySink();
        var writer = new ByteSinkWriter(sink);
        var large = new string('ä', 100_000);
        writer.WriteByte(200);
        writer.WriteInt32(-2);
        writer.WriteInt64(long.MinValue);
        writer.WriteText(large);
        writer.WriteText("");
        writer.WriteBytes([1, 2, 3]);
        await writer.FlushAsync();

        var reader = new ByteSourceReader(new MemorySource(sink.Written, atOnce));
        await reader.EnsureAsync(13);
        Assert.Equal((200, -2, long.MinValue), (reader.ReadByte(), reader.ReadInt32(), reader.ReadInt64()));
        Assert.Equal(large, await reader.ReadTextAsync());
        Assert.Equal("", await reader.ReadTextAsync());
        Assert.False(await reader.IsAtEndAsync());
        Assert.Equal([1, 2, 3], (await reader.ReadBytesAsync(3)).ToArray());
        Assert.True(await reader.IsAtEndAsync());
        await Assert.ThrowsAsync<FormatException>(() => reader.EnsureAsync(1));
    }

    [Fact]
    public async Task Nothing_past_the_limit_is_taken_from_the_source()
    {
        var source = new MemorySource([1, 2, 3, 4]);
        var reader = new ByteSourceReader(source, limit: 3);
        await reader.EnsureAsync(2);
        Assert.Equal((3, 3L), (source.Taken, reader.Remaining));
        Assert.Equal((1, 2, 1L), (reader.ReadByte(), reader.ReadByte(), reader.Remaining));
        await Assert.ThrowsAsync<FormatException>(() => reader.EnsureAsync(2));
        Assert.Equal(3, source.Taken);
    }

    [Fact]
    public async Task With_a_limit_of_nothing_the_end_is_reached_at_once()
    {
        var source = new MemorySource([1]);
        Assert.True(await new ByteSourceReader(source, limit: 0).IsAtEndAsync());
        Assert.Equal(0, source.Taken);
    }

    [Theory]
    [InlineData("FFFFFFFF")]
    [InlineData("FFFFFF7F")]
    public async Task A_length_that_can_not_be_is_refused_and_takes_no_memory(string length)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reader = new ByteSourceReader(new MemorySource([.. Convert.FromHexString(length), 65]));
        await Assert.ThrowsAsync<FormatException>(reader.ReadTextAsync);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public async Task What_waits_is_handed_over_only_when_it_is_worth_a_call()
    {
        var sink = new MemorySink();
        var writer = new ByteSinkWriter(sink);
        writer.WriteInt64(1);
        await writer.DrainAsync();
        Assert.Empty(sink.Pieces);
        writer.WriteBytes(new byte[ByteSinkWriter.PieceBytes]);
        await writer.DrainAsync();
        await writer.FlushAsync();
        Assert.Equal([ByteSinkWriter.PieceBytes + 8], sink.Pieces);
    }
}
