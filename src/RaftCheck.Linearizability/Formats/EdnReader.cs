namespace RaftCheck.Linearizability;

/// <summary>
/// Reads EDN, the notation of Clojure's data. Sets and maps lose their order, lists and vectors are the same, and a
/// tagged value is the value without its tag. For one thread.
/// </summary>
/// <param name="source">The text.</param>
/// <param name="start">Where to start in it.</param>
/// <param name="end">Where to end in it: the text's end, or a line's.</param>
/// <param name="interning">What its values share.</param>
internal sealed class EdnReader(SourceText source, int start, int end, Interning interning)
{
    // Each level costs a frame of the stack; no real history comes near.
    private const int DepthMax = 200;

    private readonly string _text = source.Text;

    // The items of every collection that is being read, the innermost last: one list serves them all.
    private readonly List<Value> _items = [];
    private int _depth;

    /// <summary>Where the next character is.</summary>
    public int Position { get; private set; } = start;

    /// <summary>Reads a text that is one value.</summary>
    public static Value ReadSingle(SourceText source) => ReadSingle(source, 0, source.Text.Length, new Interning());

    /// <summary>Reads a stretch of a text that is one value.</summary>
    public static Value ReadSingle(SourceText source, int start, int end, Interning interning)
    {
        var reader = new EdnReader(source, start, end, interning);
        Value value = reader.ReadValue("a value");
        return reader.SkipToValue() ? throw source.Error(reader.Position, "something follows the value") : value;
    }

    /// <summary>Skips white space, comments and discarded values; returns false at the end of the file.</summary>
    public bool SkipToValue()
    {
        while (Position < end)
        {
            char c = _text[Position];
            if (char.IsWhiteSpace(c) || c == ',') Position++;
            else if (c == ';') SkipLine();
            else if (c == '#' && Position + 1 < end && _text[Position + 1] == '_') SkipDiscarded();
            else return true;
        }

        return false;
    }

    /// <summary>
    /// Goes over white space and comments to what stands there first; if that is a discarded value, takes the mark in front
    /// of it and returns where it stands.
    /// </summary>
    public int? TakeDiscard()
    {
        while (Position < end && _text[Position] is char c && (char.IsWhiteSpace(c) || c is ',' or ';'))
        {
            if (c == ';') SkipLine();
            else Position++;
        }

        if (!_text.AsSpan(Position, end - Position).StartsWith("#_")) return null;
        Position += 2;
        return Position - 2;
    }

    /// <summary>Whether the next character is that one; takes it if so.</summary>
    public bool Take(char c)
    {
        if (Position >= end || _text[Position] != c) return false;
        Position++;
        return true;
    }

    /// <summary>Reads the next value.</summary>
    /// <param name="inside">What the value is part of, for the message when the file ends here.</param>
    public Value ReadValue(string inside)
    {
        // Before the skipping, which reads values too: those that it discards.
        if (++_depth > DepthMax) throw source.Error(Position, $"values are nested more than {DepthMax} deep");
        if (!SkipToValue()) throw Ends(inside);
        Value value = ReadHere(Position);
        _depth--;
        return value;
    }

    /// <summary>The error of a text that ends too early.</summary>
    public HistoryFormatException Ends(string inside) =>
        source.Error(end, $"the {(end < _text.Length ? "line" : "file")} ends inside {inside}");

    private Value[] ReadUntil(char close, int opened, string what)
    {
        int outer = _items.Count;
        while (SkipToValue())
        {
            if (Take(close)) return _items.TakeFrom(outer);

            _items.Add(ReadValue(what));
        }

        throw Ends($"{what} (opened at {source.Place(opened)})");
    }

    private Value ReadHere(int at)
    {
        char c = _text[Position++];
        switch (c)
        {
            case '[': return Value.ListOf(ReadUntil(']', at, "a vector"));
            case '(': return Value.ListOf(ReadUntil(')', at, "a list"));
            case '{': return ReadMap(at);
            case '"':
                int plain = _text.AsSpan(Position, end - Position).IndexOfAny('"', '\\');
                if (plain >= 0 && _text[Position + plain] == '"') return TakeString(plain);
                string text = EdnString.Read(source, at, end, out int behind) ?? throw Ends($"a string (opened at {source.Place(at)})");
                Position = behind;
                return Value.Of(text);
            case '#': return ReadDispatch(at);
            case ']' or ')' or '}': throw source.Error(at, $"'{c}' closes nothing");
            default:
                Position--;
                return EdnAtom.Read(source, at, TakeToken(at), interning);
        }
    }

    private Value TakeString(int length)
    {
        Value value = interning.String(_text.AsSpan(Position, length));
        Position += length + 1;
        return value;
    }

    private Value ReadMap(int at)
    {
        Value[] items = ReadUntil('}', at, "a map");
        if (items.Length % 2 != 0) throw source.Error(at, $"the key {OneLine.Shorten(items[^1].ToString())} of the map has no value");
        var entries = new (Value Key, Value Value)[items.Length / 2];
        for (int i = 0; i < entries.Length; i++) entries[i] = (items[2 * i], items[(2 * i) + 1]);
        Value map = Value.Map(entries);
        return map.Items.Length == items.Length ? map : throw source.Error(at, "the map has a key twice");
    }

    /// <summary>#:a{:b 1} is {:a/b 1}, and #:a{:_/b 1} is {:b 1}.</summary>
    private static Value InNamespace(string name, Value map)
    {
        var entries = new (Value Key, Value Value)[map.Items.Length / 2];
        for (int i = 0; i < entries.Length; i++)
        {
            Value key = map.Items[2 * i];
            if (key.Kind == ValueKind.Keyword && key.AsText.StartsWith("_/", StringComparison.Ordinal)) key = Value.Keyword(key.AsText[2..]);
            else if (key.Kind == ValueKind.Keyword && !key.AsText.Contains('/', StringComparison.Ordinal)) key = Value.Keyword($"{name}/{key.AsText}");
            entries[i] = (key, map.Items[(2 * i) + 1]);
        }

        return Value.Map(entries);
    }

    private Value ReadDispatch(int at)
    {
        if (Take('{')) return Value.Set(ReadUntil('}', at, "a set"));
        if (Take('#')) return Value.Literal($"##{TakeToken(at)}");
        // A tag says how a program should read the value behind it; the checker only needs to tell values apart.
        string tag = interning.Text(TakeToken(at));
        if (tag.Length > 1 && tag[0] == ':' && Take('{')) return InNamespace(tag.TrimStart(':'), ReadMap(Position - 1));
        return ReadValue($"the value of the tag #{OneLine.Shorten(tag)}");
    }

    private ReadOnlySpan<char> TakeToken(int at)
    {
        int behind = Position;
        // A character may be a delimiter itself: \( is one.
        if (behind + 1 < end && _text[behind] == '\\') behind += 2;
        while (behind < end && !EdnAtom.EndsToken(_text[behind])) behind++;
        if (behind == Position) throw behind >= end ? Ends("a value") : source.Error(at, $"'{_text[at]}' starts no value");
        ReadOnlySpan<char> token = _text.AsSpan(Position, behind - Position);
        Position = behind;
        return token;
    }

    private void SkipLine()
    {
        int newline = _text.IndexOf('\n', Position, end - Position);
        Position = newline < 0 ? end : newline + 1;
    }

    private void SkipDiscarded()
    {
        Position += 2;
        ReadValue("a discarded value");
    }
}
