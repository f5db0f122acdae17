using RaftCheck.Raft.Snapshots;

namespace RaftCheck.Raft.Sessions;

/// <summary>
/// The client sessions at one moment, for a snapshot of the server (dissertation, §6.3: without them, a command that was
/// executed before the snapshot could be executed again after it). Immutable. Its form: the version (1 byte), the length
/// of the rest (8), then each session in order of its last use, so that equal tables give equal bytes. There is no
/// checksum: the file that it is part of has one.
/// </summary>
internal sealed class SessionTableSnapshot(Session[] sessions)
{
    private const byte FormatVersion = 1;
    private const int HeaderLength = sizeof(byte) + sizeof(long);
    private const int SessionLength = (4 * sizeof(long)) + sizeof(int);
    private const int NoResponse = -1;

    /// <summary>How many sessions there are.</summary>
    public int Count => sessions.Length;

    /// <summary>Writes the sessions. The length in front lets them be read in large pieces, and no further.</summary>
    public async Task WriteToAsync(IByteSink sink)
    {
        var writer = new ByteSinkWriter(sink);
        writer.WriteByte(FormatVersion);
        writer.WriteInt64(sessions.Sum(session => (long)SessionLength + (session.Response?.Bytes.Length ?? 0)));
        foreach (var session in sessions)
        {
            writer.WriteInt64(session.Id);
            writer.WriteInt64(session.LastUsedIndex.Value);
            writer.WriteInt64(session.LastUsed.Ticks / TimeSpan.TicksPerMicrosecond);
            writer.WriteInt64(session.LastSequence);
            writer.WriteInt32(session.Response?.Bytes.Length ?? NoResponse);
            writer.WriteBytes(session.Response is { } response ? response.Bytes.Span : default);
            await writer.DrainAsync();
        }

        await writer.FlushAsync();
    }

    /// <summary>Reads what <see cref="WriteToAsync"/> wrote: the sessions in order of their last use.</summary>
    /// <exception cref="FormatException">It is not that, or of a version that this build does not know.</exception>
    public static async Task<IReadOnlyList<Session>> ReadAsync(IByteSource source)
    {
        var header = new ByteSourceReader(source, HeaderLength);
        await header.EnsureAsync(HeaderLength);
        var version = header.ReadByte();
        var length = header.ReadInt64();
        if (version != FormatVersion || length < 0)
        {
            throw new FormatException($"The snapshot's client sessions are of format version {version}; this build reads version {FormatVersion}.");
        }

        var reader = new ByteSourceReader(source, length);
        var sessions = new List<Session>();
        while (reader.Remaining > 0)
        {
            sessions.Add(await ReadSessionAsync(reader));
        }

        return sessions;
    }

    private static async Task<Session> ReadSessionAsync(ByteSourceReader reader)
    {
        await reader.EnsureAsync(SessionLength);
        var id = reader.ReadInt64();
        var lastUsedIndex = new LogIndex(reader.ReadInt64());
        var lastUsed = TimeSpan.FromTicks(reader.ReadInt64() * TimeSpan.TicksPerMicrosecond);
        var lastSequence = reader.ReadInt64();
        var responseLength = reader.ReadInt32();
        return new Session(
            id,
            lastUsedIndex,
            lastUsed,
            lastSequence,
            responseLength == NoResponse ? null : new KeptResponse(await reader.ReadBytesAsync(responseLength)));
    }
}
