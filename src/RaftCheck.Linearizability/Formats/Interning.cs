namespace RaftCheck.Linearizability;

/// <summary>
/// Shares the short texts that a history repeats on every line: names, keys, values. It forgets nothing and takes only so
/// many, so a file of texts that all differ gains nothing and loses little. For one thread.
/// </summary>
internal sealed class Interning
{
    // Longer texts, and more of them, are unlikely to come again.
    private const int LengthMax = 32;
    private const int CountMax = 1 << 15;

    private readonly Dictionary<string, Value>.AlternateLookup<ReadOnlySpan<char>> _strings = Table();
    private readonly Dictionary<string, Value>.AlternateLookup<ReadOnlySpan<char>> _keywords = Table();

    private readonly Dictionary<string, Value>.AlternateLookup<ReadOnlySpan<char>> _literals = Table();

    /// <summary>The text as a string.</summary>
    public string Text(ReadOnlySpan<char> text) => String(text).AsText;

    /// <summary>The text as a value that is a string.</summary>
    public Value String(ReadOnlySpan<char> text) => Find(_strings, text, Value.Of);

    /// <summary>The keyword of that name.</summary>
    public Value Keyword(ReadOnlySpan<char> name) => Find(_keywords, name, Value.Keyword);

    /// <summary>The literal of that text.</summary>
    public Value Literal(ReadOnlySpan<char> text) => Find(_literals, text, Value.Literal);

    private static Dictionary<string, Value>.AlternateLookup<ReadOnlySpan<char>> Table() =>
        new Dictionary<string, Value>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static Value Find(Dictionary<string, Value>.AlternateLookup<ReadOnlySpan<char>> known, ReadOnlySpan<char> text, Func<string, Value> make)
    {
        if (text.Length > LengthMax) return make(text.ToString());
        if (known.TryGetValue(text, out Value? value)) return value;
        value = make(text.ToString());
        if (known.Dictionary.Count < CountMax) known.Dictionary.Add(value.AsText, value);
        return value;
    }
}
