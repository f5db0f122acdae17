using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RaftCheck.Linearizability;

/// <summary>The text of a file, or some of its lines, and its places by line and column. For one thread.</summary>
/// <param name="name">What messages call the file.</param>
/// <param name="text">The text.</param>
/// <param name="firstLine">The number of the text's first line, from 1.</param>
internal sealed class SourceText(string name, string text, int firstLine = 1)
{
    // A stretch of so many bytes, and then to the end of its last line, is decoded at a time.
    private const int StretchBytes = 4 << 20;

    // The place that was asked for last: mostly the next one is behind it.
    private int _knownOffset;
    private int _knownLine; // Of this text, from 0.
    private int _knownLineStart;

    /// <summary>The longest file that is read, in bytes: a .NET string cannot be longer than about 2^30 characters.</summary>
    public const int SizeBytesMax = 512 << 20;

    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>Decodes a file's bytes. A byte order mark is left out.</summary>
    public static SourceText Decode(string name, ReadOnlySpan<byte> bytes) => DecodeValid(name, WithoutMark(bytes), firstLine: 1);

    /// <summary>
    /// Decodes some whole lines of a file, so that a long file need not be in memory as text. Every line is in one of the
    /// texts, with its end, if it has one.
    /// </summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="bytes">The file's bytes from these lines on; afterwards, those behind them.</param>
    /// <param name="before">The text before; <see langword="null"/> for the first.</param>
    public static SourceText DecodeLines(string name, ref ReadOnlySpan<byte> bytes, SourceText? before)
    {
        int firstLine = 1;
        if (before is null) bytes = WithoutMark(bytes);
        else firstLine = before.LineAndColumn(before.Text.Length).Line;
        int length = Math.Min(bytes.Length, StretchBytes);
        int newline = length == bytes.Length ? -1 : bytes[length..].IndexOf((byte)'\n');
        if (length < bytes.Length) length = newline < 0 ? bytes.Length : length + newline + 1;
        SourceText source = DecodeValid(name, bytes[..length], firstLine);
        bytes = bytes[length..];
        return source;
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static SourceText DecodeValid(string name, ReadOnlySpan<byte> bytes, int firstLine)
    {
        if (Utf8.IsValid(bytes)) return new SourceText(name, Encoding.UTF8.GetString(bytes), firstLine);

        int valid = ValidPrefix(bytes);
        var source = new SourceText(name, Encoding.UTF8.GetString(bytes[..valid]), firstLine);
        throw source.Error(source.Text.Length, $"the byte 0x{bytes[valid]:X2} is not UTF-8");
    }

    /// <summary>An error at an offset.</summary>
    public HistoryFormatException Error(int offset, string problem)
    {
        (int line, int column) = LineAndColumn(Math.Min(offset, Text.Length));
        return new HistoryFormatException(name, line, column, problem);
    }

    /// <summary>An error at a place that is known already, perhaps of an earlier text of the same file.</summary>
    public HistoryFormatException Error((int Line, int Column) place, string problem) => new(name, place.Line, place.Column, problem);

    /// <summary>Line and column of an offset, both from 1.</summary>
    public (int Line, int Column) LineAndColumn(int offset)
    {
        if (offset < _knownOffset) (_knownOffset, _knownLine, _knownLineStart) = (0, 0, 0);
        ReadOnlySpan<char> between = Text.AsSpan(_knownOffset, offset - _knownOffset);
        int last = between.LastIndexOf('\n');
        if (last >= 0)
        {
            _knownLine += between.Count('\n');
            _knownLineStart = _knownOffset + last + 1;
        }

        _knownOffset = offset;
        return (firstLine + _knownLine, offset - _knownLineStart + 1);
    }

    /// <summary>Line and column of an offset, for a message: <c>17:23</c>.</summary>
    public string Place(int offset)
    {
        (int line, int column) = LineAndColumn(Math.Min(offset, Text.Length));
        return $"{line}:{column}";
    }

    private static int ValidPrefix(ReadOnlySpan<byte> bytes)
    {
        int valid = 0;
        while (valid < bytes.Length && Rune.DecodeFromUtf8(bytes[valid..], out _, out int consumed) == OperationStatus.Done)
            valid += consumed;
        return valid;
    }
}
