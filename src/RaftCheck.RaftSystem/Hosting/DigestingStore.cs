using RaftCheck.Raft;
using RaftCheck.Raft.KeyValue;

namespace RaftCheck.RaftSystem.Hosting;

/// <summary>A key-value store that keeps a digest of its contents, at a constant cost a command: equal contents give equal digests.</summary>
internal sealed class DigestingStore(KeyValueStateMachine store) : IStateMachine
{
    /// <summary>The sum of the digests of all keys that have a value. Used by the applier alone.</summary>
    public ulong Digest { get; private set; }

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogEntry entry)
    {
        var key = KeyValueCommand.Decode(entry.Command.Span).Key;
        var before = store.Get(key);
        var result = await store.ApplyAsync(entry);
        var after = store.Get(key);
        if (!ReferenceEquals(before, after))
        {
            Digest = unchecked(Digest - DigestOf(key, before) + DigestOf(key, after));
        }

        return result;
    }

    public IStateSnapshot TakeSnapshot() => store.TakeSnapshot();

    public async Task RestoreAsync(IByteSource source)
    {
        await store.RestoreAsync(source);
        Digest = 0;
        foreach (var (key, value) in store.Contents)
        {
            Digest = unchecked(Digest + DigestOf(key, value));
        }
    }

    /// <summary>A key without a value counts for nothing: it can't be told from one that was never set.</summary>
    private static ulong DigestOf(string key, string value) => value.Length == 0 ? 0 : Oracle.Digest.Empty.With(key).With(value).Value;
}
