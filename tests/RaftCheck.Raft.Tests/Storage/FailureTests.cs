using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;
using static RaftCheck.Raft.Tests.Storage.Given;

namespace RaftCheck.Raft.Tests.Storage;

/// <summary>A disk that fails: the first failure is final, because nobody knows what is on the disk after it.</summary>
public sealed class FailureTests
{
    private readonly TestDisk disk = new();

    [Fact]
    public void A_failed_write_says_where_and_why_and_everything_after_it_is_refused()
    {
        var (storage, _) = disk.Open();
        storage.Commit(1, 1);
        FailOnce();
        storage.AddTermAndVote(new(1), null);
        var error = Assert.Throws<StorageException>(storage.Flush);
        Assert.Equal($"{FirstSegment} could not be written: No space left on device", error.Message);
        Assert.IsType<IOException>(error.InnerException);
        RefusesEverything(storage);
    }

    [Fact]
    public void A_failed_write_of_a_snapshot_is_final_too()
    {
        var (storage, _) = disk.Open();
        using var writer = storage.BeginSnapshotAsync(Snapshot(1, 1)).Now();
        FailOnce();
        Assert.Contains("could not be written: No space left on device", Assert.Throws<StorageException>(() => writer.CommitAsync().Done()).Message, StringComparison.Ordinal);
        RefusesEverything(storage);
    }

    [Fact]
    public void Whatever_fails_while_a_file_is_begun_nothing_is_promised_and_nothing_lost()
    {
        for (var change = 1; ; change++)
        {
            var failing = new TestDisk();
            var (storage, _) = failing.Open(segmentBytes: 1);
            storage.Append(1, 1);
            var left = change;
            failing.OnChange = _ =>
            {
                if (--left == 0)
                {
                    throw new IOException("No space left on device");
                }
            };
            storage.AddEntry(Entry(2, 1));
            if (Record(storage.Flush) is null)
            {
                Assert.Equal(8, change);
                break;
            }

            RefusesEverything(storage);
            Assert.Equal(1, failing.AfterPowerFailure().Open().State.Log.LastIndex.Value);
            Assert.InRange(failing.AfterPowerFailure(int.MaxValue, int.MaxValue).Open().State.Log.LastIndex.Value, 1, 2);
        }
    }

    [Fact]
    public void Whatever_fails_while_a_storage_is_opened_it_is_not_locked_afterwards()
    {
        for (var change = 1; change < 10; change++)
        {
            var failing = new TestDisk();
            var left = change;
            failing.OnChange = _ =>
            {
                if (--left == 0)
                {
                    throw new IOException("No space left on device");
                }
            };
            Assert.Throws<StorageException>(() => failing.Open());
            failing.Open().State.ShouldBe("term 0, vote , log 0:0|, snapshot ");
        }
    }

    private static Exception? Record(Action action) => Xunit.Record.Exception(action);

    private static void RefusesEverything(RaftStorage storage)
    {
        storage.AddTermAndVote(new(9), null);
        Assert.StartsWith("The storage takes no more changes: ", Assert.Throws<StorageException>(storage.Flush).Message, StringComparison.Ordinal);
        Assert.Throws<StorageException>(() => storage.BeginSnapshotAsync(Snapshot(9, 9)).Now());
        Assert.Throws<StorageException>(() => storage.BeginReceiveAsync(Snapshot(9, 9), 100).Now());
        Assert.Throws<StorageException>(() => storage.OpenSnapshotAsync().Now());
    }

    private void FailOnce() => disk.OnChange = _ =>
    {
        disk.OnChange = null;
        throw new IOException("No space left on device");
    };
}
