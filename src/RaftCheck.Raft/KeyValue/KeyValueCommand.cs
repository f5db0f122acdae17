using System.Buffers.Binary;
using System.Text;

namespace RaftCheck.Raft.KeyValue;

/// <summary>What a command does. The numbers are part of the log's format.</summary>
public enum KeyValueOperation
{
    /// <summary>Returns the key's value.</summary>
    Get = 0,

    /// <summary>Sets the key's value.</summary>
    Put = 1,

    /// <summary>Adds to the end of the key's value.</summary>
    Append = 2,

    /// <summary>Sets the key's value if it is the expected one (compare and set).</summary>
    Cas = 3,

    /// <summary>Sets the key back to the empty string.</summary>
    Delete = 4,
}

/// <summary>A command of the key-value store. The client session that it belongs to is the log's matter (<see cref="LogEntry.Client"/>).</summary>
/// <param name="Operation">What to do.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value to put, append or set; empty where the operation takes none.</param>
/// <param name="Expected">For <see cref="KeyValueOperation.Cas"/>, the value that the key must have; otherwise empty.</param>
public sealed record KeyValueCommand(KeyValueOperation Operation, string Key, string Value = "", string Expected = "")
{
    private const int FixedLength = 1;

    /// <summary>The command as bytes: the operation, then the three texts, each behind its length.</summary>
    public ReadOnlyMemory<byte> Encode()
    {
        var bytes = new byte[FixedLength + (3 * sizeof(int)) + Encoding.UTF8.GetByteCount(Key) + Encoding.UTF8.GetByteCount(Value) + Encoding.UTF8.GetByteCount(Expected)];
        bytes[0] = (byte)Operation;
        var rest = bytes.AsSpan(FixedLength);
        rest = WriteText(rest, Key);
        rest = WriteText(rest, Value);
        WriteText(rest, Expected);
        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <param name="bytes">The bytes of a log entry.</param>
    public static KeyValueCommand Decode(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[FixedLength..];
        var key = ReadText(ref rest);
        var value = ReadText(ref rest);
        var expected = ReadText(ref rest);
        return new KeyValueCommand((KeyValueOperation)bytes[0], key, value, expected);
    }

    private static Span<byte> WriteText(Span<byte> to, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, to[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(to, length);
        return to[(sizeof(int) + length)..];
    }

    private static string ReadText(ref ReadOnlySpan<byte> from)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(from);
        var text = Encoding.UTF8.GetString(from.Slice(sizeof(int), length));
        from = from[(sizeof(int) + length)..];
        return text;
    }
}
