using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;
using static RaftCheck.Raft.Tests.Storage.Given;

namespace RaftCheck.Raft.Tests.Storage;

/// <summary>Snapshots as files: of this server's own, and another server's.</summary>
public sealed class SnapshotTests
{
    private readonly TestDisk disk = new();
    private readonly RaftStorage storage;

    public SnapshotTests() => storage = disk.Open().Storage;

    [Fact]
    public void There_is_none_at_first()
    {
        Assert.Null(storage.OpenSnapshotAsync().Now());
        Assert.Null(disk.AfterPowerFailure().Open().State.Snapshot);
    }

    [Fact]
    public void A_committed_snapshot_is_read_back_with_all_that_it_stands_for_also_after_a_crash()
    {
        storage.Commit(3, 2);
        var (later, state) = disk.AfterPowerFailure().Open();
        foreach (var (reader, metadata) in new[] { (storage.OpenSnapshotAsync().Now(), Snapshot(3, 2)), (later.OpenSnapshotAsync().Now(), state.Snapshot) })
        {
            Assert.Equal((Snapshot(3, 2), Snapshot(3, 2)), (reader!.Metadata, metadata));
            Assert.Equal(Body(3), reader.ReadBody());
            Assert.Equal(Body(3), reader.ReadBody(atMost: 1_000));
            Assert.Equal(reader.Length, reader.ReadFile().Length);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(200_000, 1_000)]
    [InlineData(200_000, 65_536)]
    [InlineData(200_000, 200_000)]
    public void A_body_of_any_length_may_be_written_in_pieces_of_any_size(int length, int piece)
    {
        var body = Enumerable.Range(0, length).Select(i => (byte)(i * 7 / 3)).ToArray();
        using var writer = storage.BeginSnapshotAsync(Snapshot(5, 5)).Now();
        foreach (var part in body.Chunk(piece))
        {
            writer.WriteAsync(part).Done();
        }

        writer.CommitAsync().Done();
        Assert.Equal(body, disk.AfterPowerFailure().Open().Storage.OpenSnapshotAsync().Now()!.ReadBody(10_000));
    }

    [Fact]
    public void A_snapshot_is_not_there_before_it_is_committed_and_leaves_nothing_when_it_is_abandoned()
    {
        var writer = storage.BeginSnapshotAsync(Snapshot(3, 2)).Now();
        writer.WriteAsync(new byte[100_000]).Done();
        Assert.Null(storage.OpenSnapshotAsync().Now());
        var crashed = disk.AfterPowerFailure(int.MaxValue, int.MaxValue);
        Assert.Equal(3, crashed.Names.Count);
        Assert.Null(crashed.Open().State.Snapshot);
        Assert.Equal(2, crashed.Names.Count);

        writer.Dispose();
        storage.DeleteObsoleteAsync().Done();
        Assert.Equal(2, disk.AfterPowerFailure().Names.Count);
    }

    [Fact]
    public void A_snapshot_counts_only_once_its_bytes_and_then_its_name_are_durable()
    {
        var thread = new SingleThread();
        var writer = thread.Do(() => storage.BeginSnapshotAsync(Snapshot(3, 2))).Now();
        disk.HoldFlushes = true;
        var commit = thread.Do(writer.CommitAsync);
        Assert.DoesNotContain(disk.Names, StorageNames.IsSnapshot);
        disk.CompleteFlush(thread);
        Assert.Contains(disk.Names, StorageNames.IsSnapshot);
        Assert.False(commit.IsCompleted);
        disk.CompleteFlush(thread);
        commit.Done();
    }

    [Fact]
    public void A_reader_goes_on_with_its_own_while_newer_ones_are_committed_and_old_ones_deleted()
    {
        storage.Commit(3, 2);
        var reader = storage.OpenSnapshotAsync().Now()!;
        var other = storage.OpenSnapshotAsync().Now()!;
        storage.Commit(4, 2);
        storage.DeleteObsoleteAsync().Done();
        Assert.Equal(Body(3), reader.ReadBody());
        Assert.Equal(Body(4), storage.OpenSnapshotAsync().Now()!.ReadBody());

        var old = StorageNames.Snapshot(new(3), new(2));
        reader.Dispose();
        reader.Dispose();
        storage.DeleteObsoleteAsync().Done();
        Assert.Contains(old, disk.Names);
        other.Dispose();
        storage.DeleteObsoleteAsync().Done();
        Assert.DoesNotContain(old, disk.Names);
    }

    [Fact]
    public void An_older_snapshot_never_replaces_a_newer_one()
    {
        storage.Commit(5, 2);
        storage.Commit(3, 2);
        Assert.Equal(Snapshot(5, 2), storage.OpenSnapshotAsync().Now()!.Metadata);
        Assert.Equal(Snapshot(5, 2), disk.AfterPowerFailure().Open().State.Snapshot);
    }

    [Fact]
    public void Another_servers_file_is_installed_chunk_by_chunk()
    {
        var file = FileOf(9, 4);
        using var receiver = storage.BeginReceiveAsync(Snapshot(9, 4), file.Length).Now();
        foreach (var chunk in file.Chunk(10))
        {
            receiver.WriteAsync(chunk).Done();
        }

        Assert.Equal(file.Length, receiver.Received);
        Assert.Null(storage.OpenSnapshotAsync().Now());
        receiver.CompleteAsync().Done();
        Assert.Equal(file, storage.OpenSnapshotAsync().Now()!.ReadFile());
        Assert.Equal(Body(9), disk.AfterPowerFailure().Open().Storage.OpenSnapshotAsync().Now()!.ReadBody());
    }

    [Fact]
    public void A_file_with_any_bit_changed_is_refused_and_deleted()
    {
        var file = FileOf(2, 4);
        for (var at = 0; at < file.Length * 8; at++)
        {
            var changed = file.ToArray();
            changed[at / 8] ^= (byte)(1 << (at % 8));
            Refuses(Snapshot(2, 4), changed, changed.Length);
        }
    }

    [Fact]
    public void A_file_that_is_too_short_or_not_the_one_that_was_announced_is_refused_and_deleted()
    {
        var file = FileOf(2, 4);
        Refuses(Snapshot(2, 4), file[..^1], file.Length);
        Refuses(Snapshot(2, 4), file[..^1], file.Length - 1);
        Refuses(Snapshot(2, 4), [], 0);
        Refuses(Snapshot(2, 3), file, file.Length);
        Refuses(Snapshot(2, 4) with { Time = TimeSpan.Zero }, file, file.Length);
        Refuses(Snapshot(2, 4) with { Configuration = ClusterConfiguration.Empty }, file, file.Length);
    }

    [Fact]
    public void More_bytes_than_announced_are_refused()
    {
        using var receiver = storage.BeginReceiveAsync(Snapshot(2, 4), 5).Now();
        receiver.WriteAsync(new byte[4]).Done();
        Assert.Throws<InvalidDataException>(() => receiver.WriteAsync(new byte[2]).Done());
    }

    [Fact]
    public void After_a_refused_file_the_storage_goes_on()
    {
        Refuses(Snapshot(2, 4), [1, 2, 3], 3);
        storage.Append(1, 1);
        storage.Commit(1, 1);
        Assert.Equal(Snapshot(1, 1), storage.OpenSnapshotAsync().Now()!.Metadata);
    }

    [Fact]
    public void An_own_and_a_received_snapshot_of_the_same_entry_do_not_share_a_file_until_one_is_complete()
    {
        var file = FileOf(2, 4);
        using var writer = storage.BeginSnapshotAsync(Snapshot(2, 4)).Now();
        using var receiver = storage.BeginReceiveAsync(Snapshot(2, 4), file.Length).Now();
        receiver.WriteAsync(file.AsMemory(0, 30)).Done();
        writer.WriteAsync(Body(2)).Done();
        writer.CommitAsync().Done();
        receiver.WriteAsync(file.AsMemory(30)).Done();
        receiver.CompleteAsync().Done();
        Assert.Equal(file, storage.OpenSnapshotAsync().Now()!.ReadFile());
    }

    [Fact]
    public void A_committed_file_that_is_damaged_is_refused_when_the_storage_is_opened()
    {
        storage.Commit(3, 2);
        var name = StorageNames.Snapshot(new(3), new(2));
        var file = disk[name].Content.ToArray();
        file[60] ^= 4;
        disk[name].Set(file);
        Assert.StartsWith($"{name} is damaged: its checksum does not hold. ", disk.AfterPowerFailure().RefusesToOpen().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_file_is_refused_when_the_storage_is_opened()
    {
        storage.Commit(3, 2);
        disk.RenameAsync(StorageNames.Snapshot(new(3), new(2)), StorageNames.Snapshot(new(7), new(2))).Done();
        Assert.Contains("is the snapshot up to index 3 of term 2, as its content says", disk.AfterProcessKill().RefusesToOpen().Message, StringComparison.Ordinal);
    }

    private static byte[] FileOf(long index, long term)
    {
        var (leader, _) = new TestDisk().Open();
        leader.Commit(index, term);
        return leader.OpenSnapshotAsync().Now()!.ReadFile();
    }

    private void Refuses(SnapshotMetadata metadata, byte[] file, int length)
    {
        using var receiver = storage.BeginReceiveAsync(metadata, length).Now();
        receiver.WriteAsync(file).Done();
        Assert.Throws<InvalidDataException>(() => receiver.CompleteAsync().Done());
        Assert.Null(storage.OpenSnapshotAsync().Now());
        Assert.Equal(2, disk.Names.Count);
    }
}
