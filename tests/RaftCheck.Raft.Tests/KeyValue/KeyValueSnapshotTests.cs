using FsCheck;
using FsCheck.Xunit;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.KeyValue;

public sealed class KeyValueSnapshotTests
{
    [Fact]
    public void The_form_is_the_one_that_earlier_builds_wrote_in_ordinal_order()
    {
        var machine = Machine(("b", "2"), ("a", "ä"), ("B", "1"));
        const string keys = "01000000" + "42" + "01000000" + "31" + "01000000" + "61" + "02000000" + "C3A4" + "01000000" + "62" + "01000000" + "32";
        Assert.Equal("01" + "0300000000000000" + keys, Convert.ToHexString(Bytes(machine)));
    }

    [Property]
    public void A_store_that_was_restored_has_what_the_other_had_and_nothing_else(
        NonEmptyArray<(NonNull<string> Key, NonNull<string> Value)> pairs, NonNull<string> old, byte atOnce)
    {
        var machine = Machine([.. pairs.Get.Select(pair => (pair.Key.Get, pair.Value.Get))]);
        var restored = Machine(("old" + old.Get, "gone"), (pairs.Get[0].Key.Get, "other"));
        Restore(restored, Bytes(machine), 1 + (atOnce % 16));
        Assert.Equal(Bytes(machine), Bytes(restored));
        foreach (var (key, _) in pairs.Get)
        {
            Assert.Equal(Get(machine, key.Get), Get(restored, key.Get));
        }

        Assert.Equal(Get(machine, "old" + old.Get), Get(restored, "old" + old.Get));
    }

    [Property]
    public void Equal_stores_give_equal_bytes_however_they_came_about(NonEmptyArray<(byte Key, byte Value)> puts)
    {
        var all = puts.Get.Select(put => ($"k{put.Key % 6}", put.Value % 3 == 0 ? "" : $"v{put.Value % 3}")).ToArray();
        var lastOfEach = all.Reverse().DistinctBy(put => put.Item1).Where(put => put.Item2.Length > 0).ToArray();
        Assert.Equal(Bytes(Machine(lastOfEach)), Bytes(Machine(all)));
    }

    [Fact]
    public void A_snapshot_is_of_its_moment_whatever_is_applied_before_it_is_written()
    {
        var machine = Machine(("a", "1"));
        var atOnce = Bytes(machine);
        using var snapshot = machine.TakeSnapshot();
        Put(machine, "a", "2");
        Put(machine, "b", "3");
        Assert.Equal(atOnce, Bytes(snapshot));
    }

    [Fact]
    public void A_snapshot_that_ends_early_or_goes_on_is_refused()
    {
        var bytes = Bytes(Machine(("a", "1"), ("b", "2")));
        for (var length = 0; length < bytes.Length; length++)
        {
            Refuses(bytes[..length]);
        }

        Refuses([.. bytes, 0]);
    }

    [Fact]
    public void A_read_beside_a_restore_sees_the_old_store_or_the_new_one_and_never_an_empty_one()
    {
        var machine = Machine(("a", "old"));
        var source = new WatchedSource(new MemorySource(Bytes(Machine(("a", "new"))), atOnce: 1), () => machine.Get("a"));
        Assert.True(machine.RestoreAsync(source).IsCompletedSuccessfully);
        Assert.All(source.Seen, value => Assert.Equal("old", value));
        Assert.NotEmpty(source.Seen);
        Assert.Equal("new", machine.Get("a"));
    }

    [Fact]
    public void An_unknown_version_is_refused_by_name()
    {
        var bytes = Bytes(Machine());
        bytes[0] = 9;
        Assert.Contains("version 9", Refuses(bytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_store_is_written_in_pieces()
    {
        var sink = new MemorySink();
        using var snapshot = Machine([.. Enumerable.Range(0, 300).Select(i => ($"k{i}", new string('v', 1000)))]).TakeSnapshot();
        Assert.True(snapshot.WriteToAsync(sink).IsCompletedSuccessfully);
        Assert.InRange(sink.Pieces.Count, 4, 6);
    }

    private static FormatException Refuses(byte[] bytes) =>
        Assert.IsType<FormatException>(new KeyValueStateMachine().RestoreAsync(new MemorySource(bytes)).Exception?.InnerException);

    private static KeyValueStateMachine Machine(params (string Key, string Value)[] puts)
    {
        var machine = new KeyValueStateMachine();
        foreach (var (key, value) in puts)
        {
            Put(machine, key, value);
        }

        return machine;
    }

    private static void Put(KeyValueStateMachine machine, string key, string value) => Apply(machine, new(KeyValueOperation.Put, key, value));

    private static string Get(KeyValueStateMachine machine, string key) => Apply(machine, new(KeyValueOperation.Get, key)).Value;

    private static KeyValueResult Apply(KeyValueStateMachine machine, KeyValueCommand command) =>
        KeyValueResult.Decode(machine.ApplyAsync(Entry(1, 1) with { Command = command.Encode() }).AsTask().Now().Span);

    private static void Restore(KeyValueStateMachine machine, byte[] bytes, int atOnce) =>
        Assert.True(machine.RestoreAsync(new MemorySource(bytes, atOnce)).IsCompletedSuccessfully);

    private static byte[] Bytes(KeyValueStateMachine machine)
    {
        using var snapshot = machine.TakeSnapshot();
        return Bytes(snapshot);
    }

    private static byte[] Bytes(IStateSnapshot snapshot)
    {
        var sink = new MemorySink();
        Assert.True(snapshot.WriteToAsync(sink).IsCompletedSuccessfully);
        return sink.Written;
    }

    /// <summary>Looks at something whenever it is asked for bytes.</summary>
    private sealed class WatchedSource(MemorySource source, Func<string> look) : IByteSource
    {
        public List<string> Seen { get; } = [];

        public Task<ReadOnlyMemory<byte>> ReadAsync(int atMost)
        {
            Seen.Add(look());
            return source.ReadAsync(atMost);
        }
    }
}
