using System.Collections.Immutable;
using RaftCheck.Raft.Snapshots;

namespace RaftCheck.Raft.KeyValue;

/// <summary>
/// A key-value store at one moment. Its form: the version (1 byte), the number of keys (8), then each key and its value,
/// in ordinal order of the keys, so that equal stores give equal bytes.
/// </summary>
internal sealed class KeyValueSnapshot(ImmutableSortedDictionary<string, string> values) : IStateSnapshot
{
    private const byte FormatVersion = 1;

    public async Task WriteToAsync(IByteSink sink)
    {
        var writer = new ByteSinkWriter(sink);
        writer.WriteByte(FormatVersion);
        writer.WriteInt64(values.Count);
        foreach (var (key, value) in values)
        {
            writer.WriteText(key);
            writer.WriteText(value);
            await writer.DrainAsync();
        }

        await writer.FlushAsync();
    }

    /// <summary>There is nothing to let go of.</summary>
    public void Dispose()
    {
    }

    /// <summary>Reads what <see cref="WriteToAsync"/> wrote.</summary>
    /// <exception cref="FormatException">It is not that, or of a version that this build does not know.</exception>
    public static async Task<ImmutableSortedDictionary<string, string>> ReadAsync(
        ByteSourceReader reader, ImmutableSortedDictionary<string, string>.Builder into)
    {
        await reader.EnsureAsync(sizeof(byte) + sizeof(long));
        var version = reader.ReadByte();
        if (version != FormatVersion)
        {
            throw new FormatException($"The snapshot's key-value store is of format version {version}; this build reads version {FormatVersion}.");
        }

        for (var left = reader.ReadInt64(); left > 0; left--)
        {
            var key = await reader.ReadTextAsync();
            into[key] = await reader.ReadTextAsync();
        }

        return await reader.IsAtEndAsync()
            ? into.ToImmutable()
            : throw new FormatException("The snapshot goes on behind the key-value store.");
    }
}
