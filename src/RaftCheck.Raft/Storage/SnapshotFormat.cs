using System.Buffers.Binary;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// The form of a snapshot's file, all numbers little-endian. In front, "RAFTSNP" and the version of the format (8 bytes),
/// the length of the encoded configuration (4), last included index (8) and term (8), the configuration's index (8), the
/// cluster's time in microseconds (8), the configuration. Then the body, as the state machine wrote it. At the end, the
/// body's length (8), and the CRC-32C of all that comes before it (4).
/// </summary>
internal static class SnapshotFormat
{
    public const int FooterLength = 12;

    /// <summary>How many bytes are read or written at once: snapshots are never held in memory whole.</summary>
    public const int ChunkLength = 64 * 1024;

    private const int FixedLength = 44;

    private const byte FormatVersion = 1;

    private static ReadOnlySpan<byte> Magic => "RAFTSNP"u8;

    public static byte[] Header(SnapshotMetadata metadata)
    {
        var configuration = metadata.Configuration.Encode();
        var header = new byte[FixedLength + configuration.Length];
        Magic.CopyTo(header);
        header[Magic.Length] = FormatVersion;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), configuration.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(12), metadata.LastIncludedIndex.Value);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(20), metadata.LastIncludedTerm.Value);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(28), metadata.ConfigurationIndex.Value);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(36), metadata.Time.Ticks / TimeSpan.TicksPerMicrosecond);
        configuration.Span.CopyTo(header.AsSpan(FixedLength));
        return header;
    }

    /// <summary>The end of a file.</summary>
    /// <param name="bodyLength">The body's length in bytes.</param>
    /// <param name="checksum">The checksum of header and body.</param>
    public static byte[] Footer(long bodyLength, uint checksum)
    {
        var footer = new byte[FooterLength];
        BinaryPrimitives.WriteInt64LittleEndian(footer, bodyLength);
        BinaryPrimitives.WriteUInt32LittleEndian(footer.AsSpan(8), Crc32C.Continue(checksum, footer.AsSpan(0, 8)));
        return footer;
    }

    /// <summary>Reads a whole file once, checks it, and says what it stands for.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or no snapshot.</exception>
    public static async Task<SnapshotMetadata> VerifyAsync(IFile file)
    {
        var length = file.Length;
        var start = await file.ReadAsync(0, FixedLength);
        RequireKnown(start.Span);
        var configurationLength = BinaryPrimitives.ReadInt32LittleEndian(start.Span[8..]);
        if (configurationLength < 0 || configurationLength > length - FixedLength - FooterLength)
        {
            throw new InvalidDataException("it is too short");
        }

        var header = (await file.ReadAsync(0, FixedLength + configurationLength)).ToArray();
        var footer = (await file.ReadAsync(length - FooterLength, FooterLength)).ToArray();
        var bodyLength = length - header.Length - FooterLength;
        if (bodyLength != BinaryPrimitives.ReadInt64LittleEndian(footer)
            || await ChecksumAsync(file, length - sizeof(uint)) != BinaryPrimitives.ReadUInt32LittleEndian(footer.AsSpan(8)))
        {
            throw new InvalidDataException("its checksum does not hold");
        }

        return ReadMetadata(header);
    }

    private static void RequireKnown(ReadOnlySpan<byte> start)
    {
        if (start.Length < FixedLength || !start.StartsWith(Magic))
        {
            throw new InvalidDataException("it is no snapshot");
        }

        if (start[Magic.Length] != FormatVersion)
        {
            throw new InvalidDataException($"it is of format version {start[Magic.Length]}, and this build reads version {FormatVersion}");
        }
    }

    private static async Task<uint> ChecksumAsync(IFile file, long end)
    {
        var checksum = 0u;
        for (var at = 0L; at < end;)
        {
            var chunk = await file.ReadAsync(at, (int)Math.Min(ChunkLength, end - at));
            if (chunk.IsEmpty)
            {
                throw new InvalidDataException("it ends early");
            }

            checksum = Crc32C.Continue(checksum, chunk.Span);
            at += chunk.Length;
        }

        return checksum;
    }

    private static SnapshotMetadata ReadMetadata(ReadOnlySpan<byte> header)
    {
        try
        {
            return new SnapshotMetadata(
                new LogIndex(BinaryPrimitives.ReadInt64LittleEndian(header[12..])),
                new Term(BinaryPrimitives.ReadInt64LittleEndian(header[20..])),
                ClusterConfiguration.Decode(header[FixedLength..]),
                new LogIndex(BinaryPrimitives.ReadInt64LittleEndian(header[28..])),
                TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(header[36..]) * TimeSpan.TicksPerMicrosecond));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidDataException($"its configuration can't be read: {e.Message}", e);
        }
    }
}
