using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>
/// Reads one JSON value from a stretch of a text. Our own rather than the platform's: its errors name line and column
/// in the file, and it gives up nothing that our writer can write. Objects become maps, arrays become lists, and a
/// number that is not a whole one of 64 bits becomes a literal. For one thread.
/// </summary>
internal sealed class JsonReader(SourceText source, Interning interning)
{
    // Each level costs a frame of the stack; no real history comes near.
    private const int DepthMax = 200;

    private readonly string _text = source.Text;

    // The items of every array that is being read, the innermost last: one list serves them all.
    private readonly List<Value> _items = [];
    private int _at;
    private int _end;
    private int _depth;

    /// <summary>Reads a stretch of the text that is one value.</summary>
    public Value ReadAll(int start, int end)
    {
        (_at, _end, _depth) = (start, end, 0);
        Value value = ReadValue();
        ExpectEnd();
        return value;
    }

    /// <summary>Reads a stretch of the text that is one object, into the fields of an event.</summary>
    public void ReadLine(int start, int end, EventFields fields)
    {
        (_at, _end, _depth) = (start, end, 0);
        SkipBlanks();
        if (_at < end && _text[_at] != '{')
        {
            ReadAll(start, end);
            throw source.Error(start, "a line is a JSON object");
        }

        int open = _at++;
        SkipBlanks();
        if (!Take('}')) ReadEntries(open, fields);
        ExpectEnd();
    }

    private void ReadEntries(int open, EventFields fields)
    {
        do
        {
            ReadOnlySpan<char> name = ReadKey();
            Value value = ReadValue();
            bool isNew = JsonFields.FieldOf(name) is EventField field
                ? fields.Set(field, value)
                : fields.SetOther(interning.String(name), value);
            if (!isNew) throw source.Error(open, "the JSON object has a key twice");
            SkipBlanks();
        }
        while (Take(','));
        Expect('}');
    }

    private Value ReadValue()
    {
        SkipBlanks();
        if (_at >= _end) throw Ends();
        if (++_depth > DepthMax) throw source.Error(_at, $"values are nested more than {DepthMax} deep");
        Value value = _text[_at] switch
        {
            '{' => ReadObject(),
            '[' => ReadArray(),
            '"' => interning.String(ReadString()),
            't' => ReadWord("true", Value.True),
            'f' => ReadWord("false", Value.False),
            'n' => ReadWord("null", Value.Nil),
            _ => ReadNumber(),
        };
        _depth--;
        return value;
    }

    private Value ReadObject()
    {
        int open = _at++;
        var entries = new List<(Value, Value)>();
        SkipBlanks();
        if (Take('}')) return Value.Map();
        do
        {
            Value key = interning.String(ReadKey());
            entries.Add((key, ReadValue()));
            SkipBlanks();
        }
        while (Take(','));
        Expect('}');
        Value map = Value.Map([.. entries]);
        return map.Items.Length == 2 * entries.Count ? map : throw source.Error(open, "the JSON object has a key twice");
    }

    private Value ReadArray()
    {
        _at++;
        int outer = _items.Count;
        SkipBlanks();
        if (Take(']')) return Value.ListOf([]);
        do
        {
            _items.Add(ReadValue());
            SkipBlanks();
        }
        while (Take(','));
        Expect(']');
        return Value.ListOf(_items.TakeFrom(outer));
    }

    /// <summary>The key of an object, and the colon behind it.</summary>
    private ReadOnlySpan<char> ReadKey()
    {
        SkipBlanks();
        if (_at < _end && _text[_at] != '"') throw source.Error(_at, "the key of a JSON object is a string");
        ReadOnlySpan<char> key = ReadString();
        SkipBlanks();
        Expect(':');
        return key;
    }

    private ReadOnlySpan<char> ReadString() =>
        JsonString.TryRead(source, _at, _end, out ReadOnlySpan<char> read, out _at) ? read : throw Ends();

    private Value ReadNumber()
    {
        int from = _at;
        Take('-');
        int digits = TakeDigits();
        bool good = digits == 1 || (digits > 1 && _text[_at - digits] != '0');
        bool whole = true;
        if (good && Take('.'))
        {
            whole = false;
            good = TakeDigits() > 0;
        }

        if (good && (Take('e') || Take('E')))
        {
            whole = false;
            if (!Take('+')) Take('-');
            good = TakeDigits() > 0;
        }

        if (!good) throw _at >= _end && _at > from ? Ends() : source.Error(from, "this is not a JSON value");
        ReadOnlySpan<char> token = _text.AsSpan(from, _at - from);
        return whole && long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? Value.Of(number)
            : Value.Literal(token.ToString());
    }

    private Value ReadWord(string word, Value value)
    {
        int length = Math.Min(word.Length, _end - _at);
        if (!_text.AsSpan(_at, length).SequenceEqual(word.AsSpan(0, length))) throw source.Error(_at, "this is not a JSON value");
        if (length < word.Length) throw Ends();
        _at += length;
        return value;
    }

    private int TakeDigits()
    {
        int from = _at;
        while (_at < _end && char.IsAsciiDigit(_text[_at])) _at++;
        return _at - from;
    }

    private bool Take(char c)
    {
        if (_at >= _end || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private void Expect(char c)
    {
        if (Take(c)) return;
        throw _at >= _end ? Ends() : source.Error(_at, $"'{c}' is missing");
    }

    private void ExpectEnd()
    {
        SkipBlanks();
        if (_at < _end) throw source.Error(_at, "something follows the JSON value");
    }

    private void SkipBlanks()
    {
        while (_at < _end && _text[_at] is ' ' or '\t' or '\r') _at++;
    }

    /// <summary>A line that ends too early is torn if the file ends with it.</summary>
    private HistoryFormatException Ends() => source.Error(
        _end, _end >= _text.Length ? "the file ends inside this line" : "the line ends inside its JSON object");
}
