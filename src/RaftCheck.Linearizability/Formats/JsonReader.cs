using System.Globalization;
using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>
/// Reads one JSON value from a stretch of a text. Our own rather than the platform's: its errors name line and column
/// in the file, and it gives up nothing that our writer can write. Objects become maps, arrays become lists, and a
/// number that is not a whole one of 64 bits becomes a literal. For one thread.
/// </summary>
internal sealed class JsonReader(SourceText source, int start, int end)
{
    // Each level costs a frame of the stack; no real history comes near.
    private const int DepthMax = 200;

    private readonly string _text = source.Text;

    // The items of every array that is being read, the innermost last: one list serves them all.
    private readonly List<Value> _items = [];
    private int _at = start;
    private int _depth;

    /// <summary>Reads the value, which must be all there is.</summary>
    public Value ReadAll()
    {
        Value value = ReadValue();
        SkipBlanks();
        return _at < end ? throw source.Error(_at, "something follows the JSON value") : value;
    }

    private Value ReadValue()
    {
        SkipBlanks();
        if (_at >= end) throw Ends();
        if (++_depth > DepthMax) throw source.Error(_at, $"values are nested more than {DepthMax} deep");
        Value value = _text[_at] switch
        {
            '{' => ReadObject(),
            '[' => ReadArray(),
            '"' => Value.Of(ReadString()),
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
            SkipBlanks();
            if (_at < end && _text[_at] != '"') throw source.Error(_at, "the key of a JSON object is a string");
            Value key = Value.Of(ReadString());
            SkipBlanks();
            Expect(':');
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

    private string ReadString()
    {
        string text = ReadUntilQuote();
        _at++;
        return text;
    }

    private string ReadUntilQuote()
    {
        if (++_at > end) throw Ends();
        StringBuilder? read = null;
        int from = _at;
        while (_at < end && _text[_at] != '"')
        {
            if (_text[_at] < ' ') throw source.Error(_at, "a JSON string cannot hold a control character");
            if (_text[_at] != '\\')
            {
                read?.Append(_text[_at]);
                _at++;
                continue;
            }

            read ??= new StringBuilder().Append(_text, from, _at - from);
            read.Append(ReadEscape());
        }

        if (_at >= end) throw Ends();
        return read?.ToString() ?? _text[from.._at];
    }

    private char ReadEscape()
    {
        int at = _at;
        if (at + 1 >= end) throw Ends();
        _at += 2;
        switch (_text[at + 1])
        {
            case '"': return '"';
            case '\\': return '\\';
            case '/': return '/';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u':
                if (at + 6 > end) throw Ends();
                _at = at + 6;
                return ushort.TryParse(_text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
                    ? (char)unit
                    : throw source.Error(at, "\\u needs four hexadecimal digits");
            default: throw source.Error(at, $"the string has an unknown escape '\\{_text[at + 1]}'");
        }
    }

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

        if (!good) throw _at >= end && _at > from ? Ends() : source.Error(from, "this is not a JSON value");
        string token = _text[from.._at];
        return whole && long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? Value.Of(number)
            : Value.Literal(token);
    }

    private Value ReadWord(string word, Value value)
    {
        int length = Math.Min(word.Length, end - _at);
        if (!_text.AsSpan(_at, length).SequenceEqual(word.AsSpan(0, length))) throw source.Error(_at, "this is not a JSON value");
        if (length < word.Length) throw Ends();
        _at += length;
        return value;
    }

    private int TakeDigits()
    {
        int from = _at;
        while (_at < end && char.IsAsciiDigit(_text[_at])) _at++;
        return _at - from;
    }

    private bool Take(char c)
    {
        if (_at >= end || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private void Expect(char c)
    {
        if (Take(c)) return;
        throw _at >= end ? Ends() : source.Error(_at, $"'{c}' is missing");
    }

    private void SkipBlanks()
    {
        while (_at < end && _text[_at] is ' ' or '\t' or '\r') _at++;
    }

    /// <summary>A line that ends too early is torn if the file ends with it.</summary>
    private HistoryFormatException Ends() => source.Error(
        end, end >= _text.Length ? "the file ends inside this line" : "the line ends inside its JSON object");
}
