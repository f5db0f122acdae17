using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;
using static RaftCheck.Raft.Tests.Storage.Given;

namespace RaftCheck.Raft.Tests.Storage;

/// <summary>The log in one segment: what is read back, and what becomes of its end. See <see cref="SegmentTests"/> for more of them.</summary>
public sealed class WriteAheadLogTests
{
    /// <summary>One record each: every type, a null vote, an empty command, a long one, and an index used twice.</summary>
    private static readonly Action<RaftStorage>[] Changes =
    [
        storage => storage.AddTermAndVote(new(1), null),
        storage => storage.AddTermAndVote(new(1), Server(2)),
        storage => storage.AddEntry(Entry(1, 1)),
        storage => storage.AddEntry(Entry(2, 1) with { Command = Array.Empty<byte>(), Kind = EntryKind.NoOp, Time = TimeSpan.FromMicroseconds(5) }),
        storage => storage.AddEntry(Entry(3, 1) with { Command = Long, Client = new(1, 7) }),
        storage => storage.AddTermAndVote(new(long.MaxValue), Server(0)),
        storage => storage.AddTruncation(new(2)),
        storage => storage.AddEntry(Entry(2, 5)),
    ];

    private static byte[] Long { get; } = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];

    [Fact]
    public void What_was_written_is_read_back()
    {
        var (_, lengths) = Write();
        for (var changes = 0; changes < lengths.Count; changes++)
        {
            Write(changes).Disk.Open().State.ShouldBe(Expected(changes));
        }
    }

    [Fact]
    public void Of_an_entry_everything_is_read_back()
    {
        var log = Write(5).Disk.Open().State.Log;
        Assert.Equal((EntryKind.NoOp, TimeSpan.FromMicroseconds(5), null), (log[new(2)].Kind, log[new(2)].Time, log[new(2)].Client));
        Assert.Equal((EntryKind.Command, TimeSpan.Zero, new ClientSequence(1, 7)), (log[new(3)].Kind, log[new(3)].Time, log[new(3)].Client));
    }

    [Fact]
    public void A_file_cut_at_any_byte_behind_its_checkpoint_gives_all_whole_batches_before_the_cut_and_nothing_else()
    {
        var (disk, lengths) = Write();
        var file = disk[FirstSegment].Content;
        for (var length = lengths[0]; length <= file.Length; length++)
        {
            disk[FirstSegment].Set(file[..length]);
            disk.AfterPowerFailure().Open().State.ShouldBe(Expected(lengths.FindLastIndex(l => l <= length)));
        }
    }

    [Fact]
    public void After_a_cut_at_any_byte_the_log_goes_on_and_is_read_back_once_more()
    {
        var (disk, lengths) = Write();
        var file = disk[FirstSegment].Content;
        for (var length = lengths[0]; length <= file.Length; length++)
        {
            disk[FirstSegment].Set(file[..length]);
            var cut = disk.AfterPowerFailure();
            var (storage, state) = cut.Open();
            storage.Append(state.Log.LastIndex.Value + 1, 9);
            var again = cut.AfterPowerFailure().Open().State;
            Assert.Equal((length, state.Log.LastIndex.Next, 9), (length, again.Log.LastIndex, again.Log.LastTerm.Value));
        }
    }

    [Fact]
    public void A_changed_byte_in_the_last_batch_cuts_that_batch_off()
    {
        var (disk, lengths) = Write();
        var file = disk[FirstSegment].Content;
        for (var at = lengths[^2]; at < file.Length; at++)
        {
            var changed = file.ToArray();
            changed[at] ^= 0x40;
            disk[FirstSegment].Set(changed);
            disk.AfterPowerFailure().Open().State.ShouldBe(Expected(Changes.Length - 1));
        }
    }

    [Fact]
    public void Zeros_behind_the_last_batch_are_cut_off()
    {
        var (disk, lengths) = Write();
        disk[FirstSegment].Set([.. disk[FirstSegment].Content, .. new byte[100]]);
        disk = disk.AfterPowerFailure();
        disk.Open().State.ShouldBe(Expected(Changes.Length));
        Assert.Equal(lengths[^1], disk[FirstSegment].Durable.Length);
    }

    [Fact]
    public void A_torn_batch_is_cut_off_even_if_its_bytes_hold_a_whole_later_batch_that_somebody_stored()
    {
        var (disk, lengths) = Write();
        var later = new System.Buffers.ArrayBufferWriter<byte>();
        WalBatch.Write(later, number: 1_000, place: 77, "records"u8);
        var (storage, _) = disk.AfterPowerFailure().Open();
        storage.Dispose();
        disk = disk.AfterPowerFailure();
        (storage, _) = disk.Open();
        storage.AddEntry(Entry(3, 5) with { Command = later.WrittenMemory.ToArray() });
        storage.Flush();
        var file = disk[FirstSegment].Content;
        file[lengths[^1] + 20] ^= 1;
        disk[FirstSegment].Set(file);
        disk.AfterPowerFailure().Open().State.ShouldBe(Expected(Changes.Length));
    }

    [Fact]
    public void A_file_of_something_else_is_refused_and_left_alone()
    {
        var (disk, _) = Write();
        disk[FirstSegment].Set("Dear diary"u8.ToArray());
        disk = disk.AfterPowerFailure();
        Assert.StartsWith($"{FirstSegment} is not a write-ahead log: it does not begin with an intact checkpoint", disk.RefusesToOpen().Message, StringComparison.Ordinal);
        Assert.Equal("Dear diary"u8.ToArray(), disk[FirstSegment].Content);
    }

    [Fact]
    public void A_record_that_contradicts_the_log_is_refused_though_its_checksum_holds()
    {
        var (disk, _) = Write();
        var records = new System.Buffers.ArrayBufferWriter<byte>();
        WalRecord.WriteEntry(records, Entry(7, 5));
        var batch = new System.Buffers.ArrayBufferWriter<byte>();
        WalBatch.Write(batch, number: Changes.Length + 2, disk[FirstSegment].Content.Length, records.WrittenSpan);
        disk[FirstSegment].Set([.. disk[FirstSegment].Content, .. batch.WrittenSpan]);
        Assert.Contains("An entry of index 7 and term 5 can't follow index 2 and term 5.", disk.AfterPowerFailure().RefusesToOpen().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_count_the_records_and_never_go_back()
    {
        var (storage, _) = new TestDisk().Open();
        Assert.Equal(0, storage.Position);
        storage.AddTermAndVote(new(1), null);
        var first = storage.Position;
        Assert.True(first > 0);
        var taken = storage.TakePending();
        Assert.Equal(first, storage.Position);
        storage.AddTermAndVote(new(2), null);
        Assert.Equal(2 * first, storage.Position);
        storage.WriteAsync(taken).Done();
        Assert.Equal(2 * first, storage.Position);
    }

    [Fact]
    public void To_write_nothing_needs_no_flush()
    {
        var disk = new TestDisk();
        var (storage, _) = disk.Open();
        var flushes = disk.FlushCount;
        storage.Flush();
        Assert.Equal(flushes, disk.FlushCount);
    }

    [Fact]
    public void The_checksum_is_CRC_32C_in_any_parts()
    {
        Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));
        for (var cut = 0; cut <= 9; cut++)
        {
            Assert.Equal(0xE3069283u, Crc32C.Continue(Crc32C.Compute("123456789"u8[..cut]), "123456789"u8[cut..]));
        }
    }

    /// <summary>A disk with the first changes, each as a batch, and the segment's length before and after each of them.</summary>
    private static (TestDisk Disk, List<int> Lengths) Write(int changes = int.MaxValue)
    {
        var disk = new TestDisk();
        var (storage, _) = disk.Open();
        var lengths = new List<int> { disk[FirstSegment].Durable.Length };
        foreach (var change in Changes.Take(changes))
        {
            change(storage);
            storage.Flush();
            lengths.Add(disk[FirstSegment].Durable.Length);
        }

        return (disk.AfterPowerFailure(), lengths);
    }

    /// <summary>The state after the first changes, worked out by hand.</summary>
    private static string Expected(int changes)
    {
        var term = changes switch { 0 => 0, < 6 => 1, _ => long.MaxValue };
        var vote = changes switch { < 2 => "", < 6 => "n2", _ => "n0" };
        string[] log = ["1:1:0101", "2:1:", $"3:1:{Convert.ToHexString(Long)}"];
        var entries = changes switch { < 3 => log[..0], < 7 => log[..Math.Min(3, changes - 2)], 7 => log[..1], _ => [log[0], "2:5:0205"] };
        return $"term {term}, vote {vote}, log 0:0|{string.Join(' ', entries)}, snapshot ";
    }
}
