using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Storage.Given;

namespace RaftCheck.Raft.Tests.Storage;

/// <summary>A life of a storage: what it does until the machine stops, how much of it the machine does, and what is lost.</summary>
public sealed record Life((int Kind, int Value)[] Script, int StopAfter, int LossSeed)
{
    public override string ToString() => $"stops after {StopAfter}, loses by {LossSeed}: {string.Join(' ', Script)}";
}

/// <summary>Lives of storages.</summary>
public static class Lives
{
    public static Arbitrary<Life> Any() => Arb.From(
        from script in Gen.ArrayOf(from kind in Gen.Choose(0, 10) from value in Gen.Choose(0, 99) select (kind, value))
        from stop in Gen.Choose(0, 60)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Life(script, stop, seed),
        life => life.Script.Select((_, i) => life with { Script = [.. life.Script[..i], .. life.Script[(i + 1)..]] })
            .Concat(Enumerable.Range(0, life.StopAfter).Select(stop => life with { StopAfter = stop })));
}

/// <summary>Crashes at any point, with any loss; and damage anywhere.</summary>
[Properties(Arbitrary = [typeof(Lives)])]
public sealed class StorageProperties
{
    [Property(MaxTest = 1_000)]
    public void After_any_crashes_all_that_was_promised_is_there_and_nothing_that_never_was(Life[] lives, PositiveInt segmentBytes)
    {
        var disk = new TestDisk();
        var model = Model.Empty;
        foreach (var life in lives)
        {
            var script = new StorageScript(disk, SegmentBytes(segmentBytes), model);
            disk.StopAfter = life.StopAfter;
            script.Play(life.Script);
            disk = Crash(disk, new Random(life.LossSeed), SegmentBytes(segmentBytes));

            var found = disk.AfterPowerFailure().Open(SegmentBytes(segmentBytes));
            var expected = new[] { script.Durable.Reopened(), script.Possible.Reopened() };
            Assert.Contains(found.State.Show(), expected.Select(each => each.Show()));
            model = expected.First(each => each.Show() == found.State.Show());
            if (model.Snapshot > 0)
            {
                Assert.Equal(Body(model.Snapshot), found.Storage.OpenSnapshotAsync().Now()!.ReadBody(100));
            }
        }
    }

    [Property(MaxTest = 300)]
    public void Any_changed_bit_in_a_flushed_batch_with_another_behind_it_is_refused_and_nothing_is_changed(Life life, PositiveInt segmentBytes, int which, int bit)
    {
        var disk = new TestDisk();
        var script = new StorageScript(disk, SegmentBytes(segmentBytes), Model.Empty);
        script.Play(life.Script);
        var batches = script.Batches.Where(batch => disk.Names.Contains(batch.File)).SkipLast(1).ToList();
        if (batches.Count == 0)
        {
            return;
        }

        disk = disk.AfterPowerFailure();
        var (file, from, to) = batches[(int)((uint)which % batches.Count)];
        var changed = disk[file].Content.ToArray();
        var at = (from * 8) + (int)((uint)bit % ((to - from) * 8));
        changed[at / 8] ^= (byte)(1 << (at % 8));
        disk[file].Set(changed);
        disk = disk.AfterPowerFailure();
        var message = disk.RefusesToOpen().Message;
        Assert.Matches($"^(wal-\\d+) (is damaged at byte \\d+|is not a write-ahead log): ", message);
        Assert.Equal(changed, disk[file].Content);
    }

    /// <summary>Loses power, and again at a random moment of each of the attempts to open, until one succeeds.</summary>
    private static TestDisk Crash(TestDisk disk, Random random, int segmentBytes)
    {
        while (true)
        {
            disk = disk.AfterPowerFailure(random);
            disk.StopAfter = random.Next(15);
            var opening = RaftStorage.OpenAsync(disk, new NodeId(0), Three, segmentBytes);
            if (opening.IsCompleted)
            {
                opening.GetAwaiter().GetResult();
                return disk.AfterPowerFailure(random);
            }
        }
    }

    private static int SegmentBytes(PositiveInt drawn) => 1 + (drawn.Get * 37 % 600);
}
