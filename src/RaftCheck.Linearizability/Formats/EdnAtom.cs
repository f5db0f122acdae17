using System.Buffers;
using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>EDN's values that are one word: numbers, names, nil, true, false, characters.</summary>
internal static class EdnAtom
{
    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Whether a character cannot be part of a word.</summary>
    public static bool EndsToken(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or '[' or ']' or '(' or ')' or '{' or '}' or '"' or ';' or '#' or '\\' or '^' or '`' or '~' or '@';

    /// <summary>The value of a word.</summary>
    public static Value Read(SourceText source, int start, string token)
    {
        switch (token)
        {
            case "nil": return Value.Nil;
            case "true": return Value.True;
            case "false": return Value.False;
            default: break;
        }

        if (token[0] == ':')
        {
            string name = token.TrimStart(':');
            return name.Length > 0 ? Value.Keyword(name) : throw source.Error(start, "a keyword has no name");
        }

        return IsNumber(token) ? ReadNumber(source, start, token) : Value.Literal(token);
    }

    private static bool IsNumber(string token) =>
        char.IsAsciiDigit(token[0]) || (token.Length > 1 && token[0] is '-' or '+' && char.IsAsciiDigit(token[1]));

    private static Value ReadNumber(SourceText source, int start, string token)
    {
        if (token.Contains("0x", StringComparison.OrdinalIgnoreCase)) return ReadHexadecimal(source, start, token);
        // 1N is a whole number that Clojure holds as a big one.
        ReadOnlySpan<char> digits = token.EndsWith('N') ? token.AsSpan(0, token.Length - 1) : token;
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)) return Value.Of(number);
        foreach (char c in token)
        {
            if (!char.IsAsciiDigit(c) && c is not ('-' or '+' or '.' or '/' or 'e' or 'E' or 'M' or 'N'))
                throw source.Error(start, $"'{OneLine.Shorten(token)}' is not a number");
        }

        return Value.Literal(token);
    }

    /// <summary>Clojure prints the identity of an object so, and reads a number.</summary>
    private static Value ReadHexadecimal(SourceText source, int start, string token)
    {
        ReadOnlySpan<char> digits = token.AsSpan().TrimStart("+-");
        bool good = digits.Length > 2 && digits[0] == '0' && digits[1] is 'x' or 'X' && !digits[2..].ContainsAnyExcept(HexadecimalDigits);
        if (!good) throw source.Error(start, $"'{OneLine.Shorten(token)}' is not a number");
        if (!long.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number) || number < 0) return Value.Literal(token);
        return Value.Of(token[0] == '-' ? -number : number);
    }
}
