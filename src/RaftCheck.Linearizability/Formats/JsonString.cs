using System.Buffers;
using System.Globalization;
using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>JSON's strings.</summary>
internal static class JsonString
{
    // What a string cannot hold as it is.
    private static readonly SearchValues<char> Special = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(static c => (char)c), '"', '\\']);

    /// <summary>
    /// Reads the string whose opening quote is at <paramref name="start"/>; <paramref name="behind"/> is behind its
    /// closing one. Returns false when the text ends first.
    /// </summary>
    public static bool TryRead(SourceText source, int start, int end, out ReadOnlySpan<char> read, out int behind)
    {
        string text = source.Text;
        int from = start + 1;
        read = default;
        behind = end;
        if (from > end) return false;
        int plain = text.AsSpan(from, end - from).IndexOfAny(Special);
        if (plain < 0) return false;
        behind = from + plain + 1;
        read = text.AsSpan(from, plain);
        return text[from + plain] == '"' || TryReadEscaped(source, from, end, out read, out behind);
    }

    private static bool TryReadEscaped(SourceText source, int from, int end, out ReadOnlySpan<char> read, out int behind)
    {
        string text = source.Text;
        var unescaped = new StringBuilder();
        int at = from;
        while (at >= 0 && at < end)
        {
            int plain = text.AsSpan(at, end - at).IndexOfAny(Special);
            if (plain < 0) break;
            unescaped.Append(text, at, plain);
            at += plain;
            if (text[at] == '"')
            {
                read = unescaped.ToString();
                behind = at + 1;
                return true;
            }

            if (text[at] != '\\') throw source.Error(at, "a JSON string cannot hold a control character");
            at = ReadEscape(source, at, end, unescaped);
        }

        read = default;
        behind = end;
        return false;
    }

    /// <summary>Reads one escape; returns what is behind it, or -1 when the text ends first.</summary>
    private static int ReadEscape(SourceText source, int at, int end, StringBuilder read)
    {
        string text = source.Text;
        if (at + 1 >= end) return -1;
        switch (text[at + 1])
        {
            case '"' or '\\' or '/': read.Append(text[at + 1]); return at + 2;
            case 'b': read.Append('\b'); return at + 2;
            case 'f': read.Append('\f'); return at + 2;
            case 'n': read.Append('\n'); return at + 2;
            case 'r': read.Append('\r'); return at + 2;
            case 't': read.Append('\t'); return at + 2;
            case 'u':
                if (at + 6 > end) return -1;
                if (!ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
                    throw source.Error(at, "\\u needs four hexadecimal digits");
                read.Append((char)unit);
                return at + 6;
            default: throw source.Error(at, $"the string has an unknown escape '\\{text[at + 1]}'");
        }
    }
}
