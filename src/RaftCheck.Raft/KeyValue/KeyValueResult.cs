using System.Buffers.Binary;
using System.Text;

namespace RaftCheck.Raft.KeyValue;

/// <summary>How a command of the key-value store ended. The numbers are part of the result's format.</summary>
public enum KeyValueOutcome
{
    /// <summary>It took effect.</summary>
    Ok = 0,

    /// <summary>A compare-and-set found another value than the expected one, and changed nothing.</summary>
    Mismatch = 1,
}

/// <summary>The result of a command of the key-value store.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Value">The key's value, for <see cref="KeyValueOperation.Get"/>; otherwise empty.</param>
/// <param name="Term">The term of the entry by which the command took effect: the first one, if it was sent again.</param>
/// <param name="Index">The index of that entry.</param>
public sealed record KeyValueResult(KeyValueOutcome Outcome, string Value, Term Term, LogIndex Index)
{
    private const int FixedLength = 17;

    /// <summary>The result as bytes: the outcome, the term, the index, then the value.</summary>
    public ReadOnlyMemory<byte> Encode()
    {
        var bytes = new byte[FixedLength + Encoding.UTF8.GetByteCount(Value)];
        bytes[0] = (byte)Outcome;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), Term.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(9), Index.Value);
        Encoding.UTF8.GetBytes(Value, bytes.AsSpan(FixedLength));
        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <param name="bytes">The bytes that the state machine returned.</param>
    public static KeyValueResult Decode(ReadOnlySpan<byte> bytes) =>
        new(
            (KeyValueOutcome)bytes[0],
            Encoding.UTF8.GetString(bytes[FixedLength..]),
            new Term(BinaryPrimitives.ReadInt64LittleEndian(bytes[1..])),
            new LogIndex(BinaryPrimitives.ReadInt64LittleEndian(bytes[9..])));
}
