using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;
using static RaftCheck.Raft.Tests.Storage.Given;

namespace RaftCheck.Raft.Tests.Storage;

/// <summary>What is made of the files that a server finds when it starts.</summary>
public sealed class OpeningTests
{
    [Fact]
    public void A_crash_at_any_point_of_the_creation_leaves_what_can_be_created_again()
    {
        for (var stop = 0; ; stop++)
        {
            var disk = new TestDisk { StopAfter = stop };
            var isOpen = RaftStorage.OpenAsync(disk, Server(0), Three).IsCompleted;
            for (var seed = 0; seed < 50; seed++)
            {
                disk.AfterPowerFailure(new Random(seed)).Open().State.ShouldBe("term 0, vote , log 0:0|, snapshot ");
            }

            if (isOpen)
            {
                Assert.True(stop > 5, "The disk never stopped.");
                break;
            }
        }
    }

    [Fact]
    public void The_configuration_that_the_server_began_with_is_kept_and_a_later_one_ignored()
    {
        var disk = new TestDisk();
        Assert.Equal(Three, disk.Open().State.Bootstrap);
        var other = ClusterConfiguration.Of([Server(0)]);
        Assert.Equal(Three, RaftStorage.OpenAsync(disk.AfterPowerFailure(), Server(0), other).Now().State.Bootstrap);
    }

    [Fact]
    public void Another_servers_storage_is_refused()
    {
        var disk = new TestDisk();
        disk.Open();
        var error = Assert.Throws<StorageException>(() => RaftStorage.OpenAsync(disk.AfterPowerFailure(), Server(1), Three).Now());
        Assert.StartsWith("The storage is that of n0, not of n1:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_version_is_refused()
    {
        var disk = new TestDisk();
        disk.Open();
        disk["manifest"].Set([.. "RAFTDIR"u8, 3, .. disk["manifest"].Content[8..]]);
        Assert.Equal("The storage is of format version 3; this build reads version 2.", disk.AfterPowerFailure().RefusesToOpen().Message);
    }

    [Fact]
    public void The_single_file_of_the_first_format_is_refused_and_left_alone()
    {
        var disk = new TestDisk();
        disk["raft.wal"].Set([.. "RAFTWAL"u8, 1]);
        Assert.StartsWith("raft.wal is of format version 1, which this build can't read: ", disk.RefusesToOpen().Message, StringComparison.Ordinal);
        Assert.Equal(["raft.wal"], disk.Names);
    }

    [Fact]
    public void A_manifest_with_any_bit_changed_is_refused()
    {
        var disk = new TestDisk();
        disk.Open();
        var manifest = disk["manifest"].Content;
        for (var at = 0; at < manifest.Length * 8; at++)
        {
            var changed = manifest.ToArray();
            changed[at / 8] ^= (byte)(1 << (at % 8));
            disk["manifest"].Set(changed);
            disk.AfterPowerFailure().RefusesToOpen();
        }
    }

    [Fact]
    public void A_storage_without_its_manifest_is_refused_and_left_alone()
    {
        var disk = new TestDisk();
        disk.Open().Storage.Append(1, 1);
        disk.Lose("manifest");
        var length = disk.Length;
        disk = disk.AfterPowerFailure();
        Assert.Equal($"manifest is missing, and there is {FirstSegment}: this was the storage of a server, and it can't be told of which.", disk.RefusesToOpen().Message);
        Assert.Equal(length, disk.Length);
    }

    [Fact]
    public void A_storage_without_its_log_is_refused_because_it_has_forgotten_its_votes()
    {
        var disk = new TestDisk();
        disk.Open();
        disk.Lose(FirstSegment);
        Assert.StartsWith("The write-ahead log is missing: ", disk.AfterPowerFailure().RefusesToOpen().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_somebody_else_are_left_alone()
    {
        var disk = new TestDisk();
        string[] others = ["notes.txt", "wal-1", "wal-0000000000000000001.bak", "snap", "x.tmp"];
        foreach (var name in others)
        {
            disk[name].Set([1]);
        }

        disk.Open();
        Assert.Equal(others.Length + 2, disk.AfterPowerFailure().Names.Count);
    }

    [Fact]
    public void An_open_storage_has_its_directory_for_itself_until_it_and_its_snapshots_are_closed()
    {
        var disk = new TestDisk();
        var (storage, _) = disk.Open();
        storage.Commit(1, 1);
        Assert.Equal("The storage can't be locked: The disk is in use.", disk.RefusesToOpen().Message);
        var reader = storage.OpenSnapshotAsync().Now()!;
        using (var writer = storage.BeginSnapshotAsync(Snapshot(2, 1)).Now())
        {
            storage.Dispose();
            storage.Dispose();
            Assert.Throws<StorageException>(() => writer.CommitAsync().Done());
            reader.Dispose();
            disk.RefusesToOpen();
        }

        Assert.Equal(Snapshot(1, 1), disk.Open().State.Snapshot);
    }

    [Fact]
    public void A_storage_that_was_refused_is_not_locked()
    {
        var disk = new TestDisk();
        disk.Open();
        disk = disk.AfterPowerFailure();
        Assert.Throws<StorageException>(() => RaftStorage.OpenAsync(disk, Server(1), Three).Now());
        disk.Open();
    }

    [Fact]
    public void What_follows_the_snapshot_in_the_log_is_kept_if_the_log_has_the_snapshots_last_entry()
    {
        // Figure 13, rule 6. The crash came between the snapshot and the record of the compaction.
        var (disk, storage) = WithLog(1, 1, 2, 2);
        storage.Commit(3, 2);
        ReopensTwice(disk, "term 2, vote , log 3:2|4:2:0402, snapshot 3");
    }

    [Fact]
    public void The_log_is_discarded_if_it_has_another_entry_where_the_snapshot_ends()
    {
        // Figure 13, rule 7.
        var (disk, storage) = WithLog(1, 1, 1, 1);
        storage.Commit(3, 2);
        ReopensTwice(disk, "term 2, vote , log 3:2|, snapshot 3");
    }

    [Fact]
    public void The_log_is_discarded_if_it_ends_before_the_snapshot()
    {
        var (disk, storage) = WithLog(1, 1);
        storage.Commit(9, 1);
        ReopensTwice(disk, "term 1, vote , log 9:1|, snapshot 9");
    }

    [Fact]
    public void A_vote_of_the_snapshots_own_term_is_kept_and_one_of_an_earlier_term_is_not()
    {
        var (disk, storage) = WithLog(1, 1);
        storage.AddTermAndVote(new(2), Server(2));
        storage.Flush();
        storage.Commit(3, 2);
        disk.AfterPowerFailure().Open().State.ShouldBe("term 2, vote n2, log 3:2|, snapshot 3");
        storage.Commit(4, 3);
        disk.AfterPowerFailure().Open().State.ShouldBe("term 3, vote , log 4:3|, snapshot 4");
    }

    [Theory]
    [InlineData(false, "The write-ahead log begins after index 3 of term 2, and there is no snapshot: ")]
    [InlineData(true, "The write-ahead log begins after index 3 of term 2, and the latest snapshot ends with index 2 of term 1: ")]
    public void A_gap_between_snapshot_and_log_is_refused(bool hasOlder, string message)
    {
        var (disk, storage) = WithLog(1, 1, 2, 2);
        if (hasOlder)
        {
            storage.Commit(2, 1);
        }

        storage.Commit(3, 2);
        storage.AddCompaction(new(3), new(2));
        storage.Flush();
        disk.Lose(StorageNames.Snapshot(new(3), new(2)));
        Assert.StartsWith(message, disk.AfterPowerFailure().RefusesToOpen().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leftovers_are_deleted()
    {
        var (disk, storage) = WithLog(1, 1, 2);
        storage.Commit(2, 1);
        storage.Commit(3, 2);
        storage.BeginReceiveAsync(Snapshot(7, 7), 100).Now().WriteAsync(new byte[50]).Done();
        disk = disk.AfterPowerFailure(int.MaxValue, int.MaxValue);
        Assert.Equal(5, disk.Names.Count);
        disk.Open();
        Assert.Equal(["manifest", StorageNames.Snapshot(new(3), new(2)), FirstSegment], disk.AfterPowerFailure().Names);
    }

    [Fact]
    public void What_a_killed_process_has_left_unflushed_is_flushed_before_it_counts()
    {
        for (var stop = 0; ; stop++)
        {
            var (disk, storage) = WithLog(1, 1);
            disk.StopAfter = stop;
            var done = RunToStop(storage);
            var next = disk.AfterProcessKill();
            var found = next.Open().State.Show();
            Assert.Equal(found, next.AfterPowerFailure().Open().State.Show());
            if (done)
            {
                break;
            }
        }
    }

    private static bool RunToStop(RaftStorage storage)
    {
        storage.AddEntry(Entry(3, 1));
        if (!storage.WriteAsync(storage.TakePending()).IsCompleted)
        {
            return false;
        }

        using var writer = storage.BeginSnapshotAsync(Snapshot(3, 1)).Now();
        return writer.CommitAsync().IsCompleted;
    }

    private static (TestDisk Disk, RaftStorage Storage) WithLog(params long[] terms)
    {
        var disk = new TestDisk();
        var (storage, _) = disk.Open();
        storage.Append(1, terms);
        return (disk, storage);
    }

    /// <summary>The second time from what the first has written, with one more entry.</summary>
    private static void ReopensTwice(TestDisk disk, string expected)
    {
        var next = disk.AfterPowerFailure();
        var (storage, state) = next.Open();
        state.ShouldBe(expected);
        Assert.Equal(0, storage.Position);
        next.AfterPowerFailure().Open().State.ShouldBe(expected);
        storage.Append(state.Log.LastIndex.Value + 1, 5);
        Assert.Equal(state.Log.LastIndex.Next, next.AfterPowerFailure().Open().State.Log.LastIndex);
    }
}
