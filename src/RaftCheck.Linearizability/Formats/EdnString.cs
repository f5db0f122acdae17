using System.Globalization;
using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>EDN's strings.</summary>
internal static class EdnString
{
    /// <summary>
    /// Reads the string whose opening quote is at <paramref name="start"/>; <paramref name="behind"/> is behind its
    /// closing one. Returns <see langword="null"/> when the text ends first.
    /// </summary>
    public static string? Read(SourceText source, int start, int end, out int behind)
    {
        string text = source.Text;
        int at = start + 1;
        int plain = text.AsSpan(at, end - at).IndexOfAny('"', '\\');
        behind = at + plain + 1;
        if (plain < 0) return null;
        if (text[at + plain] == '"') return text.Substring(at, plain);

        var read = new StringBuilder();
        while (at >= 0 && at < end && text[at] != '"')
        {
            if (text[at] == '\\') at = ReadEscape(source, at, end, read);
            else read.Append(text[at++]);
        }

        behind = at + 1;
        return at < 0 || at >= end ? null : read.ToString();
    }

    /// <summary>Reads one escape; returns what is behind it, or -1 when the text ends first.</summary>
    private static int ReadEscape(SourceText source, int at, int end, StringBuilder read)
    {
        string text = source.Text;
        if (at + 1 >= end) return -1;
        char c = text[at + 1];
        switch (c)
        {
            case 'n': read.Append('\n'); return at + 2;
            case 't': read.Append('\t'); return at + 2;
            case 'r': read.Append('\r'); return at + 2;
            case 'b': read.Append('\b'); return at + 2;
            case 'f': read.Append('\f'); return at + 2;
            case '"' or '\\': read.Append(c); return at + 2;
            case 'u':
                if (at + 6 > end) return -1;
                if (!ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
                    throw source.Error(at, "\\u needs four hexadecimal digits");
                read.Append((char)unit);
                return at + 6;
            case >= '0' and <= '7': return ReadOctal(text, at + 1, end, read);
            default: throw source.Error(at, $"the string has an unknown escape '\\{c}'");
        }
    }

    /// <summary>Clojure prints some characters as up to three octal digits.</summary>
    private static int ReadOctal(string text, int at, int end, StringBuilder read)
    {
        int unit = 0;
        int last = Math.Min(at + 3, end);
        for (; at < last && text[at] is >= '0' and <= '7'; at++) unit = (unit * 8) + text[at] - '0';
        read.Append((char)unit);
        return at;
    }
}
