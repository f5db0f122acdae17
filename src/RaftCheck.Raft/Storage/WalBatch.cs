using System.Buffers;
using System.Buffers.Binary;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// The form of a batch, the unit in which the write-ahead log is written and flushed. All numbers are little-endian: magic
/// (4 bytes), CRC-32C of all that follows (4), length of the records (4), the batch's own place in the file (4), its
/// number (8), then the records. A segment is batches and nothing else.
/// </summary>
/// <remarks>
/// Batches are numbered over all segments, and each is begun only after the one before it was flushed. So an intact batch
/// is the proof that all earlier ones were whole. It names its own place, so that the bytes of a batch that somebody stored
/// inside a command are not taken for one.
/// </remarks>
internal static class WalBatch
{
    public const int HeaderLength = 24;

    private const int CheckedFrom = 8;

    private static ReadOnlySpan<byte> Magic => "RLOG"u8;

    public static void Write(IBufferWriter<byte> to, long number, int place, ReadOnlySpan<byte> records)
    {
        var length = HeaderLength + records.Length;
        var batch = to.GetSpan(length)[..length];
        Magic.CopyTo(batch);
        BinaryPrimitives.WriteInt32LittleEndian(batch[8..], records.Length);
        BinaryPrimitives.WriteInt32LittleEndian(batch[12..], place);
        BinaryPrimitives.WriteInt64LittleEndian(batch[16..], number);
        records.CopyTo(batch[HeaderLength..]);
        BinaryPrimitives.WriteUInt32LittleEndian(batch[4..], Crc32C.Compute(batch[CheckedFrom..]));
        to.Advance(length);
    }

    /// <summary>Reads the batch at a place of a segment.</summary>
    /// <returns>False if no intact batch is there.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> segment, int place, out long number, out ReadOnlyMemory<byte> records)
    {
        (number, records) = (0, default);
        var bytes = segment.Span[place..];
        if (bytes.Length < HeaderLength || !bytes.StartsWith(Magic))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (length < 0
            || length > bytes.Length - HeaderLength
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) != place
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Crc32C.Compute(bytes[CheckedFrom..(HeaderLength + length)]))
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        records = segment.Slice(place + HeaderLength, length);
        return true;
    }

    /// <summary>Looks through the rest of a segment for an intact batch of a later number than the one that should come next.</summary>
    /// <returns>Its place and number, or null.</returns>
    public static (int Place, long Number)? FindLater(ReadOnlyMemory<byte> segment, int from, long expectedNumber)
    {
        while (segment.Span[from..].IndexOf(Magic) is >= 0 and var next)
        {
            var place = from + next;
            if (TryRead(segment, place, out var number, out _) && number > expectedNumber)
            {
                return (place, number);
            }

            from = place + 1;
        }

        return null;
    }
}
