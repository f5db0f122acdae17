using System.Buffers.Binary;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// A log entry as bytes, all numbers little-endian: index (8), term (8), kind (1), time in microseconds (8), client (8) and
/// sequence (8), both 0 without a session, then the command.
/// </summary>
internal static class LogEntryFormat
{
    private const int FixedLength = 41;

    public static int LengthOf(LogEntry entry) => FixedLength + entry.Command.Length;

    public static void Write(Span<byte> to, LogEntry entry)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, entry.Index.Value);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], entry.Term.Value);
        to[16] = (byte)entry.Kind;
        BinaryPrimitives.WriteInt64LittleEndian(to[17..], entry.Time.Ticks / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteInt64LittleEndian(to[25..], entry.Client?.ClientId ?? 0);
        BinaryPrimitives.WriteInt64LittleEndian(to[33..], entry.Client?.Sequence ?? 0);
        entry.Command.Span.CopyTo(to[FixedLength..]);
    }

    /// <exception cref="StorageException">The bytes are too few, or of a kind that this build does not know.</exception>
    public static LogEntry Read(ReadOnlyMemory<byte> from)
    {
        var bytes = from.Span;
        if (bytes.Length < FixedLength || bytes[16] > (byte)EntryKind.RegisterClient)
        {
            throw new StorageException("The log holds an entry that this build can't read.");
        }

        var client = new ClientSequence(BinaryPrimitives.ReadInt64LittleEndian(bytes[25..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[33..]));
        return new LogEntry(
            new LogIndex(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            new Term(BinaryPrimitives.ReadInt64LittleEndian(bytes[8..])),
            from[FixedLength..])
        {
            Kind = (EntryKind)bytes[16],
            Time = TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(bytes[17..]) * TimeSpan.TicksPerMicrosecond),
            Client = client == default ? null : client,
        };
    }
}
