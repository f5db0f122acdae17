using System.Buffers;
using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>EDN's values that are one word: numbers, names, nil, true, false, characters.</summary>
internal static class EdnAtom
{
    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF");

    // What else than digits a number can hold: 1/2, 1.5e-3, 2M, 3N.
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-./eEMN");

    /// <summary>Whether a character cannot be part of a word.</summary>
    public static bool EndsToken(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or '[' or ']' or '(' or ')' or '{' or '}' or '"' or ';' or '#' or '\\' or '^' or '`' or '~' or '@';

    /// <summary>The value of a word.</summary>
    public static Value Read(SourceText source, int start, ReadOnlySpan<char> token, Interning interning)
    {
        if (token[0] == ':')
        {
            ReadOnlySpan<char> name = token.TrimStart(':');
            return name.Length > 0 ? interning.Keyword(name) : throw source.Error(start, "a keyword has no name");
        }

        if (IsNumber(token)) return ReadNumber(source, start, token);
        return token switch
        {
            "nil" => Value.Nil,
            "true" => Value.True,
            "false" => Value.False,
            _ => interning.Literal(token),
        };
    }

    private static bool IsNumber(ReadOnlySpan<char> token) =>
        char.IsAsciiDigit(token[0]) || (token.Length > 1 && token[0] is '-' or '+' && char.IsAsciiDigit(token[1]));

    private static Value ReadNumber(SourceText source, int start, ReadOnlySpan<char> token)
    {
        // 1N is a whole number that Clojure holds as a big one.
        ReadOnlySpan<char> digits = token.EndsWith('N') ? token[..^1] : token;
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)) return Value.Of(number);
        if (token.TrimStart("+-").StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return ReadHexadecimal(source, start, token);
        return token.ContainsAnyExcept(NumberCharacters) ? throw NotANumber(source, start, token) : Value.Literal(token.ToString());
    }

    /// <summary>Clojure prints the identity of an object so, and reads a number.</summary>
    private static Value ReadHexadecimal(SourceText source, int start, ReadOnlySpan<char> token)
    {
        ReadOnlySpan<char> digits = token.TrimStart("+-")[2..];
        if (digits.Length == 0 || digits.ContainsAnyExcept(HexadecimalDigits)) throw NotANumber(source, start, token);
        if (!long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number) || number < 0)
            return Value.Literal(token.ToString());
        return Value.Of(token[0] == '-' ? -number : number);
    }

    private static HistoryFormatException NotANumber(SourceText source, int start, ReadOnlySpan<char> token) =>
        source.Error(start, $"'{OneLine.Shorten(token.ToString())}' is not a number");
}
