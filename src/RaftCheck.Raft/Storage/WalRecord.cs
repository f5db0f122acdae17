using System.Buffers;
using System.Buffers.Binary;

namespace RaftCheck.Raft.Storage;

/// <summary>What a record of the write-ahead log says. The numbers are part of the file format.</summary>
internal enum WalRecordType : byte
{
    /// <summary>The current term and the vote in it, together: they must never be torn apart (Figure 2, persistent state).</summary>
    TermAndVote = 1,

    /// <summary>An entry was added at the end of the log.</summary>
    Entry = 2,

    /// <summary>The end of the log was removed, from an index on.</summary>
    Truncation = 3,
}

/// <summary>
/// The records' form, all numbers little-endian: length of the body (4 bytes), CRC-32C of the body (4 bytes), then the
/// body: the type (1 byte) and what belongs to it.
/// </summary>
internal static class WalRecord
{
    public const int HeaderLength = 8;

    private const int NoVote = -1;

    public static void WriteTermAndVote(IBufferWriter<byte> to, Term term, NodeId? votedFor)
    {
        var record = Begin(to, WalRecordType.TermAndVote, 12, out var length);
        BinaryPrimitives.WriteInt64LittleEndian(record, term.Value);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], votedFor?.Value ?? NoVote);
        End(to, length);
    }

    public static void WriteEntry(IBufferWriter<byte> to, LogEntry entry)
    {
        var record = Begin(to, WalRecordType.Entry, LogEntryFormat.LengthOf(entry), out var length);
        LogEntryFormat.Write(record, entry);
        End(to, length);
    }

    public static void WriteTruncation(IBufferWriter<byte> to, LogIndex from)
    {
        var record = Begin(to, WalRecordType.Truncation, 8, out var length);
        BinaryPrimitives.WriteInt64LittleEndian(record, from.Value);
        End(to, length);
    }

    /// <summary>Reads the body of the record at the start of <paramref name="bytes"/>.</summary>
    /// <returns>False if no whole, intact record is there: the torn tail of the log.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out WalRecordType type, out ReadOnlyMemory<byte> content, out int totalLength)
    {
        type = default;
        content = default;
        totalLength = 0;
        if (bytes.Length < HeaderLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span);
        if (length == 0 || length > bytes.Length - HeaderLength)
        {
            return false;
        }

        var body = bytes.Slice(HeaderLength, (int)length);
        if (Crc32C.Compute(body.Span) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[4..]))
        {
            return false;
        }

        type = (WalRecordType)body.Span[0];
        content = body[1..];
        totalLength = HeaderLength + (int)length;
        return true;
    }

    public static (Term Term, NodeId? VotedFor) ReadTermAndVote(ReadOnlySpan<byte> content)
    {
        var vote = BinaryPrimitives.ReadInt32LittleEndian(content[8..]);
        return (new Term(BinaryPrimitives.ReadInt64LittleEndian(content)), vote == NoVote ? null : new NodeId(vote));
    }

    public static LogEntry ReadEntry(ReadOnlyMemory<byte> content) => LogEntryFormat.Read(content);

    public static LogIndex ReadTruncation(ReadOnlySpan<byte> content) => new(BinaryPrimitives.ReadInt64LittleEndian(content));

    private static Span<byte> Begin(IBufferWriter<byte> to, WalRecordType type, int contentLength, out int totalLength)
    {
        totalLength = HeaderLength + 1 + contentLength;
        var record = to.GetSpan(totalLength)[..totalLength];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(1 + contentLength));
        record[HeaderLength] = (byte)type;
        return record[(HeaderLength + 1)..];
    }

    private static void End(IBufferWriter<byte> to, int totalLength)
    {
        var record = to.GetSpan(totalLength)[..totalLength];
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Crc32C.Compute(record[HeaderLength..]));
        to.Advance(totalLength);
    }
}
