using FsCheck.Xunit;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Tests.Storage;

public sealed class LogEntryFormatTests
{
    private static readonly LogEntry Full = new(new LogIndex(0x0102030405060708), new Term(0x1112131415161718), new byte[] { 0xAA, 0xBB })
    {
        Kind = EntryKind.Configuration,
        Time = TimeSpan.FromMicroseconds(0x21222324),
        Client = new ClientSequence(0x31, 0x41),
    };

    [Property]
    public void What_was_written_is_read_again(ulong index, ulong term, byte kind, int microseconds, (uint Client, uint Sequence)? session, byte[] command)
    {
        var entry = new LogEntry(new LogIndex((long)(index >> 1)), new Term((long)(term >> 1)), command)
        {
            Kind = (EntryKind)(kind % 4),
            Time = TimeSpan.FromMicroseconds(microseconds),
            Client = session is { } s ? new ClientSequence(1L + s.Client, 1L + s.Sequence) : null,
        };
        var read = LogEntryFormat.Read(Write(entry));
        Assert.Equal(entry with { Command = default }, read with { Command = default });
        Assert.Equal(command, read.Command.ToArray());
    }

    [Property]
    public void It_takes_as_many_bytes_as_it_says_and_leaves_the_next_ones_alone(byte[] command)
    {
        var entry = Full with { Command = command };
        var bytes = new byte[LogEntryFormat.LengthOf(entry) + 1];
        bytes[^1] = 0xEE;
        LogEntryFormat.Write(bytes, entry);
        Assert.Equal((0xEE, 41 + command.Length), (bytes[^1], LogEntryFormat.LengthOf(entry)));
        Assert.Equal(command, bytes[41..^1]);
    }

    [Fact]
    public void The_bytes_are_those_of_the_format_so_that_old_files_stay_readable() => Assert.Equal(
        "0807060504030201" + "1817161514131211" + "02" + "2423222100000000" + "3100000000000000" + "4100000000000000" + "AABB",
        Convert.ToHexString(Write(Full)));

    [Fact]
    public void An_entry_that_ends_early_is_refused()
    {
        var bytes = Write(Full with { Command = default });
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<StorageException>(() => LogEntryFormat.Read(bytes.AsMemory(0, length)));
        }

        Assert.Equal(0, LogEntryFormat.Read(bytes).Command.Length);
    }

    [Fact]
    public void An_entry_of_a_kind_that_this_build_does_not_know_is_refused()
    {
        var bytes = Write(Full);
        bytes[16] = (byte)(Enum.GetValues<EntryKind>().Max() + 1);
        Assert.Throws<StorageException>(() => LogEntryFormat.Read(bytes));
    }

    private static byte[] Write(LogEntry entry)
    {
        var bytes = new byte[LogEntryFormat.LengthOf(entry)];
        LogEntryFormat.Write(bytes, entry);
        return bytes;
    }
}
