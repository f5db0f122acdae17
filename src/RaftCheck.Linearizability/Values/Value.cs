using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>
/// An immutable value of a history: what an operation was given, what it returned, and the state of a model.
/// Equality is structural. The hash depends on nothing but the content, so it is the same in every process.
/// Safe to share between threads.
/// </summary>
public sealed class Value : IEquatable<Value>
{
    private static readonly Value EmptyList = new(ValueKind.List, 0, null, null);
    private static readonly Value[] SmallIntegers = MakeIntegers(-16, 1024);
    private static readonly Value EmptyMap = new(ValueKind.Map, 0, null, null);
    private readonly long _number;
    private readonly string? _text;
    private readonly Value[] _items;
    private int _hash;

    private Value(ValueKind kind, long number, string? text, Value[]? items)
    {
        Kind = kind;
        _number = number;
        _text = text;
        _items = items ?? [];
    }

    /// <summary>No value.</summary>
    public static Value Nil { get; } = new(ValueKind.Nil, 0, null, null);

    /// <summary>True.</summary>
    public static Value True { get; } = new(ValueKind.Bool, 1, null, null);

    /// <summary>False.</summary>
    public static Value False { get; } = new(ValueKind.Bool, 0, null, null);

    /// <summary>What this value is.</summary>
    public ValueKind Kind { get; }

    /// <summary>Whether this is <see cref="Nil"/>.</summary>
    public bool IsNil => Kind == ValueKind.Nil;

    /// <summary>The truth value.</summary>
    /// <exception cref="InvalidOperationException">This is not a bool.</exception>
    public bool AsBool => Kind == ValueKind.Bool ? _number != 0 : throw Not(ValueKind.Bool);

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">This is not an integer.</exception>
    public long AsInteger => Kind == ValueKind.Integer ? _number : throw Not(ValueKind.Integer);

    /// <summary>The text of a string, the name of a keyword (without the colon), or the text of a literal.</summary>
    /// <exception cref="InvalidOperationException">This is none of these.</exception>
    public string AsText => _text ?? throw Not(ValueKind.String);

    /// <summary>
    /// The elements of a list or a set, or a map's keys and values in turn (key, value, key, value …). Maps and sets
    /// keep theirs sorted, so that equal ones look equal. Empty for every other kind.
    /// </summary>
    public ReadOnlySpan<Value> Items => _items;

    /// <summary>A bool.</summary>
    public static Value Of(bool value) => value ? True : False;

    /// <summary>An integer.</summary>
    public static Value Of(long value) =>
        (ulong)(value + 16) < (ulong)SmallIntegers.Length ? SmallIntegers[value + 16] : new(ValueKind.Integer, value, null, null);

    /// <summary>A string.</summary>
    public static Value Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(ValueKind.String, 0, value, null);
    }

    /// <summary>A keyword; <paramref name="name"/> comes without the colon.</summary>
    public static Value Keyword(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(ValueKind.Keyword, 0, name, null);
    }

    /// <summary>A value known by its text alone. See <see cref="ValueKind.Literal"/>.</summary>
    public static Value Literal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(ValueKind.Literal, 0, text, null);
    }

    /// <summary>A list. The array is copied.</summary>
    public static Value List(params Value[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new(ValueKind.List, 0, null, (Value[])items.Clone());
    }

    /// <summary>A list of an array that nobody else will change.</summary>
    internal static Value ListOf(Value[] items) => items.Length == 0 ? EmptyList : new(ValueKind.List, 0, null, items);

    /// <summary>A set: order and repetition of the elements do not count.</summary>
    public static Value Set(params Value[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new(ValueKind.Set, 0, null, ValueOrder.SortedDistinct(items));
    }

    /// <summary>A set of an array that is sorted by <see cref="ValueOrder"/>, without repetitions, and that nobody else will change.</summary>
    internal static Value SetOf(Value[] items) => new(ValueKind.Set, 0, null, items);

    /// <summary>A map. Of two entries with the same key the later one counts.</summary>
    public static Value Map(params (Value Key, Value Value)[] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return entries.Length == 0 ? EmptyMap : new(ValueKind.Map, 0, null, ValueOrder.SortedByKey(entries));
    }

    /// <summary>What a map holds at a key; <see langword="null"/> when it holds nothing there, or this is not a map.</summary>
    public Value? Find(Value key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Kind != ValueKind.Map) return null;
        for (int i = 0; i < _items.Length; i += 2)
        {
            if (_items[i].Equals(key)) return _items[i + 1];
        }

        return null;
    }

    /// <summary>A map like this one that holds <paramref name="value"/> at <paramref name="key"/>.</summary>
    /// <exception cref="InvalidOperationException">This is not a map.</exception>
    public Value With(Value key, Value value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (Kind != ValueKind.Map) throw Not(ValueKind.Map);
        for (int i = 0; i < _items.Length; i += 2)
        {
            if (!_items[i].Equals(key)) continue;
            var items = (Value[])_items.Clone();
            items[i + 1] = value;
            return new(ValueKind.Map, 0, null, items);
        }

        var entries = new (Value, Value)[(_items.Length / 2) + 1];
        for (int i = 0; i < _items.Length; i += 2) entries[i / 2] = (_items[i], _items[i + 1]);
        entries[^1] = (key, value);
        return Map(entries);
    }

    /// <inheritdoc/>
    public bool Equals(Value? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || Kind != other.Kind || _number != other._number) return false;
        if (_hash != 0 && other._hash != 0 && _hash != other._hash) return false;
        return string.Equals(_text, other._text, StringComparison.Ordinal)
            && _items.AsSpan().SequenceEqual(other._items);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Value);

    /// <summary>A hash of the content alone: the same in every process and on every machine.</summary>
    public override int GetHashCode()
    {
        // Two threads may both compute it, and store the same number.
        if (_hash == 0) _hash = ComputeHash();
        return _hash;
    }

    /// <summary>The value in EDN's notation.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Nil => "nil",
        ValueKind.Bool => _number != 0 ? "true" : "false",
        ValueKind.Integer => _number.ToString(CultureInfo.InvariantCulture),
        ValueKind.Keyword => ":" + _text,
        ValueKind.Literal => _text!,
        _ => ValuePrinter.Print(this),
    };

    /// <summary>Whether this is a keyword, a string or a literal with one of these texts.</summary>
    internal bool IsNamed(params ReadOnlySpan<string> names) =>
        Kind is ValueKind.Keyword or ValueKind.String or ValueKind.Literal && names.Contains(_text!);

    /// <summary>About how many bytes this value takes in memory, what it shares with other values included.</summary>
    internal long SizeBytes()
    {
        long size = 64 + (2L * (_text?.Length ?? 0));
        foreach (Value item in _items) size += 8 + item.SizeBytes();
        return size;
    }

    private static Value[] MakeIntegers(long from, int count)
    {
        var integers = new Value[count];
        for (int i = 0; i < count; i++) integers[i] = new(ValueKind.Integer, from + i, null, null);
        return integers;
    }

    private int ComputeHash()
    {
        ulong hash = StableHash.Add(StableHash.Seed, (ulong)Kind);
        hash = StableHash.Add(hash, (ulong)_number);
        if (_text is not null) hash = StableHash.Add(hash, _text);
        foreach (Value item in _items) hash = StableHash.Add(hash, (uint)item.GetHashCode());
        int folded = StableHash.Fold(hash);
        return folded == 0 ? 1 : folded;
    }

    private InvalidOperationException Not(ValueKind kind) => new($"{this} is not of kind {kind} but {Kind}.");
}
