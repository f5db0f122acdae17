using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;
using static RaftCheck.Raft.Tests.Storage.Given;

namespace RaftCheck.Raft.Tests.Storage;

/// <summary>The log in several files: how they begin and end, and how damage is told from what a crash tore.</summary>
public sealed class SegmentTests
{
    private const int CheckpointLength = 57;

    private const string Whole = "term 3, vote n1, log 0:0|1:1:0101 2:1:0201 3:2:0302 4:3:0403, snapshot ";

    [Fact]
    public void A_full_file_is_followed_by_another_and_all_are_read_back()
    {
        var disk = Write();
        Assert.Equal([FirstSegment, SecondSegment, ThirdSegment], disk.Names.Where(name => name.StartsWith("wal", StringComparison.Ordinal)).Take(3));
        disk.Open().State.ShouldBe(Whole);
    }

    [Fact]
    public void A_file_is_followed_by_another_only_once_it_is_full()
    {
        var disk = new TestDisk();
        var (storage, _) = disk.Open(segmentBytes: 500);
        storage.AddEntry(Entry(1, 1) with { Command = new byte[600] });
        storage.Flush();
        Assert.DoesNotContain(SecondSegment, disk.Names);
        storage.Append(2, 1);
        Assert.Contains(SecondSegment, disk.Names);
        storage.Append(3, 1);
        Assert.DoesNotContain(ThirdSegment, disk.Names);
    }

    [Fact]
    public void Before_anything_is_promised_from_a_new_file_its_name_and_checkpoint_are_durable()
    {
        var disk = new TestDisk();
        var (storage, _) = disk.Open(segmentBytes: 1);
        storage.Append(1, 1, 1);
        disk.HoldFlushes = true;
        storage.AddEntry(Entry(3, 1));
        var thread = new SingleThread();
        var write = thread.Do(() => storage.WriteAsync(storage.TakePending()));
        var flushes = 0;
        while (!write.IsCompleted)
        {
            Assert.Equal(2, disk.AfterPowerFailure().Open().State.Log.LastIndex.Value);
            Assert.InRange(disk.AfterPowerFailure(int.MaxValue, int.MaxValue).Open().State.Log.LastIndex.Value, 2, 3);
            disk.CompleteFlush(thread);
            flushes++;
        }

        Assert.Equal(3, flushes);
        disk.HoldFlushes = false;
        Assert.Equal(3, disk.AfterPowerFailure().Open().State.Log.LastIndex.Value);
    }

    [Fact]
    public void A_crash_while_a_file_is_begun_leaves_all_that_was_flushed_and_the_log_goes_on()
    {
        var next = Write().Names.Count(name => name.StartsWith("wal", StringComparison.Ordinal)) + 1;
        var name = $"wal-{next:D19}";
        for (var length = 0; length < CheckpointLength; length++)
        {
            var disk = Write();
            disk[name].Set([.. Enumerable.Repeat((byte)'R', length)]);
            var (storage, state) = disk.Open(segmentBytes: 1);
            state.ShouldBe(Whole);
            Assert.DoesNotContain(name, disk.AfterPowerFailure().Names);
            storage.Append(5, 3);
            Assert.Equal(5, disk.AfterPowerFailure().Open().State.Log.LastIndex.Value);
        }
    }

    [Fact]
    public void A_missing_file_in_the_middle_is_refused()
    {
        var disk = Write();
        disk.Lose(SecondSegment);
        Assert.StartsWith($"{SecondSegment} is missing, and {ThirdSegment} is there.", disk.RefusesToOpen().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_first_file_is_refused_because_no_snapshot_covers_it()
    {
        var disk = Write();
        disk.Lose(FirstSegment);
        var message = disk.RefusesToOpen().Message;
        Assert.StartsWith("The write-ahead log begins after index 1 of term 1, and there is no snapshot", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_lost_its_end_is_refused_if_another_follows()
    {
        var disk = Write();
        disk[SecondSegment].Set(disk[SecondSegment].Content[..^1]);
        Assert.Contains($"{SecondSegment} is damaged at byte ", disk.RefusesToOpen().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_lost_whole_batches_at_its_end_is_refused_by_the_next_ones_number()
    {
        var disk = Write();
        disk[SecondSegment].Set(disk[SecondSegment].Content[..CheckpointLength]);
        Assert.StartsWith($"{ThirdSegment} is damaged at byte 0: no intact batch 4 is there, but batch 5 is at byte 0", disk.RefusesToOpen().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_before_an_intact_batch_is_refused_and_nothing_is_changed()
    {
        var disk = new TestDisk();
        var (storage, _) = disk.Open();
        storage.Append(1, 1, 1, 1);
        disk = disk.AfterPowerFailure();
        var file = disk[FirstSegment].Content;
        file[100] ^= 1;
        disk[FirstSegment].Set(file);
        var message = disk.RefusesToOpen().Message;
        Assert.Matches($"^{FirstSegment} is damaged at byte \\d+: no intact batch 2 is there, but batch 3 is at byte \\d+, .* Remove the server from the cluster, and add a new one", message);
        Assert.Equal(file, disk[FirstSegment].Content);
    }

    [Fact]
    public void Files_whose_entries_are_all_compacted_are_deleted_and_the_others_kept()
    {
        var disk = new TestDisk();
        var (storage, _) = disk.Open(segmentBytes: 1);
        storage.Append(1, 1, 1, 1, 2, 2);
        storage.Commit(3, 1);
        storage.AddCompaction(new(3), new(1));
        storage.DeleteObsoleteAsync().Done();
        Assert.Contains(FirstSegment, disk.Names);
        storage.Flush();
        storage.DeleteObsoleteAsync().Done();
        Assert.DoesNotContain(FirstSegment, disk.Names);
        Assert.DoesNotContain(ThirdSegment, disk.Names);
        disk.AfterPowerFailure().Open().State.ShouldBe("term 1, vote , log 3:1|4:2:0402 5:2:0502, snapshot 3");
    }

    [Fact]
    public void Files_are_deleted_oldest_first_and_each_for_good_before_the_next()
    {
        var disk = new TestDisk();
        var (storage, _) = disk.Open(segmentBytes: 1);
        storage.Append(1, 1, 1, 1, 1);
        storage.Commit(4, 1);
        storage.AddCompaction(new(4), new(1));
        storage.Flush();
        var steps = new List<string>();
        disk.OnChange = steps.Add;
        storage.DeleteObsoleteAsync().Done();
        Assert.Equal([FirstSegment, "", SecondSegment, "", ThirdSegment, ""], steps.Take(6));
    }

    [Fact]
    public void What_is_left_of_the_log_makes_sense_though_it_cuts_off_entries_whose_file_is_gone()
    {
        // The third file begins when the log ends with index 2, and cuts it to 1; then a snapshot takes the place of both.
        var disk = new TestDisk();
        var (storage, _) = disk.Open(segmentBytes: 1);
        storage.Append(1, 1, 1);
        storage.AddTruncation(new(2));
        storage.Flush();
        storage.Append(2, 2, 2);
        storage.Commit(3, 2);
        storage.AddCompaction(new(3), new(2));
        storage.Append(4, 3);
        storage.DeleteObsoleteAsync().Done();
        Assert.DoesNotContain(FirstSegment, disk.Names);
        disk.AfterPowerFailure().Open().State.ShouldBe("term 2, vote , log 3:2|4:3:0403, snapshot 3");
    }

    /// <summary>A disk with several files of a log, each with one batch behind its checkpoint.</summary>
    private static TestDisk Write()
    {
        var disk = new TestDisk();
        var (storage, _) = disk.Open(segmentBytes: 1);
        storage.Append(1, 1, 1);
        storage.AddTermAndVote(new(3), Server(1));
        storage.Flush();
        storage.Append(3, 2, 3);
        return disk.AfterPowerFailure();
    }
}
