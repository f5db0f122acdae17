using System.Buffers.Binary;
using System.Numerics;

namespace RaftCheck.Raft.Storage;

/// <summary>The checksum of all that is stored: CRC-32C (Castagnoli), by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    public static uint Compute(ReadOnlySpan<byte> bytes) => Continue(0, bytes);

    /// <summary>The checksum of bytes that come in parts.</summary>
    /// <param name="earlier">The checksum of all parts before this one; 0 for the first.</param>
    /// <param name="bytes">The next part.</param>
    public static uint Continue(uint earlier, ReadOnlySpan<byte> bytes)
    {
        var crc = ~earlier;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
