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

    /// <summary>The log begins after an index from now on; what follows that is kept (§7).</summary>
    Compaction = 4,

    /// <summary>The log was discarded, and begins after an index that a snapshot covers (Figure 13, rule 7).</summary>
    Reset = 5,

    /// <summary>What all earlier segments amount to. The first record of each segment, and nowhere else.</summary>
    Checkpoint = 6,
}

/// <summary>
/// The records' form, all numbers little-endian: length of what follows the type (4 bytes), the type (1 byte), and what
/// belongs to it. The batch around it has the checksum.
/// </summary>
internal static class WalRecord
{
    public const int HeaderLength = 5;

    private const int NoVote = -1;

    public static void WriteTermAndVote(IBufferWriter<byte> to, Term term, NodeId? votedFor)
    {
        var content = Begin(to, WalRecordType.TermAndVote, 12);
        BinaryPrimitives.WriteInt64LittleEndian(content, term.Value);
        BinaryPrimitives.WriteInt32LittleEndian(content[8..], votedFor?.Value ?? NoVote);
        End(to, content);
    }

    public static void WriteEntry(IBufferWriter<byte> to, LogEntry entry)
    {
        var content = Begin(to, WalRecordType.Entry, LogEntryFormat.LengthOf(entry));
        LogEntryFormat.Write(content, entry);
        End(to, content);
    }

    /// <summary>Of a truncation, a compaction, or a reset: each has an index, and the term of the log there.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="type">Which of them.</param>
    /// <param name="index">The log's last index after a truncation, its base after the others.</param>
    /// <param name="term">The term at that index.</param>
    public static void WritePosition(IBufferWriter<byte> to, WalRecordType type, LogIndex index, Term term)
    {
        var content = Begin(to, type, 16);
        BinaryPrimitives.WriteInt64LittleEndian(content, index.Value);
        BinaryPrimitives.WriteInt64LittleEndian(content[8..], term.Value);
        End(to, content);
    }

    /// <summary>Writes a checkpoint: term, vote, last index and its term. Where the log begins is left to what follows.</summary>
    public static void WriteCheckpoint(IBufferWriter<byte> to, WalMark mark)
    {
        var content = Begin(to, WalRecordType.Checkpoint, 28);
        BinaryPrimitives.WriteInt64LittleEndian(content, mark.Term.Value);
        BinaryPrimitives.WriteInt32LittleEndian(content[8..], mark.VotedFor?.Value ?? NoVote);
        BinaryPrimitives.WriteInt64LittleEndian(content[12..], mark.LastIndex.Value);
        BinaryPrimitives.WriteInt64LittleEndian(content[20..], mark.LastTerm.Value);
        End(to, content);
    }

    /// <summary>Reads the record at the start of a batch's records, and moves on to the next.</summary>
    /// <exception cref="FormatException">There is no whole record.</exception>
    public static (WalRecordType Type, ReadOnlyMemory<byte> Content) Read(ref ReadOnlyMemory<byte> records)
    {
        var length = records.Length < HeaderLength ? -1 : BinaryPrimitives.ReadInt32LittleEndian(records.Span);
        if (length < 0 || length > records.Length - HeaderLength)
        {
            throw new FormatException("a record does not end where its batch ends");
        }

        var record = ((WalRecordType)records.Span[4], records.Slice(HeaderLength, length));
        records = records[(HeaderLength + length)..];
        return record;
    }

    public static (Term Term, NodeId? VotedFor) ReadTermAndVote(ReadOnlySpan<byte> content)
    {
        var vote = BinaryPrimitives.ReadInt32LittleEndian(content[8..]);
        return (new Term(BinaryPrimitives.ReadInt64LittleEndian(content)), vote == NoVote ? null : new NodeId(vote));
    }

    public static (LogIndex Index, Term Term) ReadPosition(ReadOnlySpan<byte> content) =>
        (new LogIndex(BinaryPrimitives.ReadInt64LittleEndian(content)), new Term(BinaryPrimitives.ReadInt64LittleEndian(content[8..])));

    /// <summary>Reads a checkpoint. It says nothing of where the log begins: as far as it goes, after its end.</summary>
    public static WalMark ReadCheckpoint(ReadOnlySpan<byte> content)
    {
        var (term, votedFor) = ReadTermAndVote(content);
        var (lastIndex, lastTerm) = ReadPosition(content[12..]);
        return new WalMark(term, votedFor, lastIndex, lastIndex, lastTerm);
    }

    private static Span<byte> Begin(IBufferWriter<byte> to, WalRecordType type, int contentLength)
    {
        var header = to.GetSpan(HeaderLength + contentLength);
        BinaryPrimitives.WriteInt32LittleEndian(header, contentLength);
        header[4] = (byte)type;
        return header.Slice(HeaderLength, contentLength);
    }

    private static void End(IBufferWriter<byte> to, ReadOnlySpan<byte> content) => to.Advance(HeaderLength + content.Length);
}
