using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RaftCheck.Linearizability;

/// <summary>The text of a file, and its places by line and column. Immutable.</summary>
internal sealed class SourceText(string name, string text)
{
    /// <summary>The longest file that is read, in bytes: a .NET string cannot be longer than about 2^30 characters.</summary>
    public const int SizeBytesMax = 512 << 20;

    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>Decodes a file's bytes. A byte order mark is left out.</summary>
    public static SourceText Decode(string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SizeBytesMax) throw BoundedFile.TooBig(name, bytes.Length, SizeBytesMax);
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (Utf8.IsValid(bytes)) return new SourceText(name, Encoding.UTF8.GetString(bytes));

        int valid = ValidPrefix(bytes);
        var source = new SourceText(name, Encoding.UTF8.GetString(bytes[..valid]));
        throw source.Error(source.Text.Length, $"the byte 0x{bytes[valid]:X2} is not UTF-8");
    }

    /// <summary>An error at an offset.</summary>
    public HistoryFormatException Error(int offset, string problem)
    {
        offset = Math.Min(offset, Text.Length);
        ReadOnlySpan<char> before = Text.AsSpan(0, offset);
        int line = before.Count('\n') + 1;
        int column = offset - (before.LastIndexOf('\n') + 1) + 1;
        return new HistoryFormatException(name, line, column, problem);
    }

    /// <summary>Line and column of an offset, for a message: <c>17:23</c>.</summary>
    public string Place(int offset)
    {
        HistoryFormatException at = Error(offset, "");
        return $"{at.Line}:{at.Column}";
    }

    private static int ValidPrefix(ReadOnlySpan<byte> bytes)
    {
        int valid = 0;
        while (valid < bytes.Length && Rune.DecodeFromUtf8(bytes[valid..], out _, out int consumed) == OperationStatus.Done)
            valid += consumed;
        return valid;
    }
}
