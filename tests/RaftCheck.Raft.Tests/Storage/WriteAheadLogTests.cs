using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Storage;

public sealed class WriteAheadLogTests
{
    /// <summary>One record each: every type, a null vote, an empty command, a long one, and an index used twice.</summary>
    private static readonly Action<WriteAheadLog>[] Changes =
    [
        log => log.AddTermAndVote(new(1), null),
        log => log.AddTermAndVote(new(1), Server(2)),
        log => log.AddEntry(Entry(1, 1)),
        log => log.AddEntry(Entry(2, 1) with { Command = Array.Empty<byte>() }),
        log => log.AddEntry(Entry(3, 1) with { Command = Enumerable.Range(0, 300).Select(i => (byte)i).ToArray() }),
        log => log.AddTermAndVote(new(long.MaxValue), Server(0)),
        log => log.AddTruncation(new(2)),
        log => log.AddEntry(Entry(2, 5)),
    ];

    [Fact]
    public void What_was_written_is_read_back()
    {
        var (file, states) = Write();
        Assert.Equal(states[^1].State, Recover(file));
        Assert.Equal($"term {long.MaxValue}, vote n0, log 1:1:0101 2:5:0205", states[^1].State);
    }

    [Fact]
    public void A_file_cut_at_any_byte_gives_all_whole_records_before_the_cut_and_nothing_else()
    {
        var (file, states) = Write();
        for (var length = 0; length <= file.Length; length++)
        {
            var expected = states.Last(s => s.Length <= length || s.Length == states[0].Length).State;
            Assert.Equal((length, expected), (length, Recover(file[..length])));
        }
    }

    [Fact]
    public void After_a_cut_at_any_byte_the_log_goes_on_and_is_read_back_once_more()
    {
        var (file, _) = Write();
        for (var length = 0; length <= file.Length; length++)
        {
            var disk = new TestDisk(file[..length], file[..length]);
            var (log, state) = WriteAheadLog.OpenAsync(disk).Now();
            var next = Entry(state.Log.LastIndex.Value + 1, 9);
            log.AddEntry(next);
            Flush(log);
            var (_, again) = WriteAheadLog.OpenAsync(disk.AfterPowerFailure()).Now();
            Assert.Equal((length, state.Log.LastIndex.Next, 9), (length, again.Log.LastIndex, again.Log.LastTerm.Value));
        }
    }

    [Fact]
    public void A_changed_byte_in_the_last_record_cuts_that_record_off()
    {
        var (file, states) = Write();
        for (var at = (int)states[^2].Length; at < file.Length; at++)
        {
            var changed = file.ToArray();
            changed[at] ^= 0x40;
            Assert.Equal((at, states[^2].State), (at, Recover(changed)));
        }
    }

    [Fact]
    public void Zeros_behind_the_last_record_are_cut_off()
    {
        var (file, states) = Write();
        Assert.Equal(states[^1].State, Recover([.. file, .. new byte[100]]));
    }

    [Fact]
    public void A_file_of_something_else_is_refused_and_left_alone()
    {
        var disk = new TestDisk("Dear diary"u8.ToArray(), []);
        var error = Assert.Throws<StorageException>(() => WriteAheadLog.OpenAsync(disk).Now());
        Assert.Equal("raft.wal is not a write-ahead log: it does not begin with RAFTWAL.", error.Message);
        Assert.Equal("Dear diary"u8.ToArray(), disk.Content);
    }

    [Fact]
    public void A_newer_format_version_is_refused_and_left_alone()
    {
        byte[] newer = [.. "RAFTWAL"u8, 2, 1, 2, 3];
        var disk = new TestDisk(newer, []);
        var error = Assert.Throws<StorageException>(() => WriteAheadLog.OpenAsync(disk).Now());
        Assert.Equal("raft.wal is of format version 2; this build reads version 1.", error.Message);
        Assert.Equal(newer, disk.Content);
    }

    [Fact]
    public void The_checksum_is_CRC_32C() => Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));

    /// <summary>The file with all changes, and after each change the file's length and the state it stands for.</summary>
    private static (byte[] File, List<(long Length, string State)> States) Write()
    {
        var disk = new TestDisk();
        var (log, empty) = WriteAheadLog.OpenAsync(disk).Now();
        var states = new List<(long, string)> { (disk.Durable.Length, Describe(empty)) };
        foreach (var change in Changes)
        {
            change(log);
            Flush(log);
            states.Add((disk.Durable.Length, Describe(Model(states.Count))));
            Assert.Equal(disk.Durable.Length - states[0].Item1, log.Position);
        }

        return (disk.Durable, states);
    }

    /// <summary>The state after the first changes, worked out by hand.</summary>
    private static PersistentState Model(int changes)
    {
        var log = new RaftLog();
        if (changes is >= 3)
        {
            log.Append(Entry(1, 1));
        }

        if (changes is >= 4 and < 7)
        {
            log.Append(Entry(2, 1) with { Command = Array.Empty<byte>() });
        }

        if (changes is 5 or 6)
        {
            log.Append(Entry(3, 1) with { Command = Enumerable.Range(0, 300).Select(i => (byte)i).ToArray() });
        }

        if (changes is 8)
        {
            log.Append(Entry(2, 5));
        }

        return new PersistentState(new(changes >= 6 ? long.MaxValue : 1), changes >= 6 ? Server(0) : changes >= 2 ? Server(2) : null, log);
    }

    private static void Flush(WriteAheadLog log) => Assert.True(log.WriteAsync(log.TakePending()).IsCompletedSuccessfully);

    private static string Recover(byte[] file) => Describe(WriteAheadLog.OpenAsync(new TestDisk(file, file)).Now().State);

    private static string Describe(PersistentState state) =>
        $"term {state.CurrentTerm}, vote {state.VotedFor}, log {string.Join(' ', state.Log.Entries.Select(e => $"{e.Index}:{e.Term}:{Convert.ToHexString(e.Command.Span)}"))}";
}
