namespace RaftCheck.Linearizability;

/// <summary>
/// A total order over values. It means nothing by itself; it gives maps and sets one form each, so that equal ones
/// compare equal element by element and print alike.
/// </summary>
internal sealed class ValueOrder : IComparer<Value>
{
    private static readonly ValueOrder Instance = new();

    /// <summary>The order.</summary>
    public static IComparer<Value> Comparer => Instance;

    /// <inheritdoc/>
    public int Compare(Value? x, Value? y)
    {
        if (ReferenceEquals(x, y)) return 0;
        if (x is null || y is null) return x is null ? -1 : 1;
        if (x.Kind != y.Kind) return x.Kind.CompareTo(y.Kind);
        return x.Kind switch
        {
            ValueKind.Nil => 0,
            ValueKind.Bool => x.AsBool.CompareTo(y.AsBool),
            ValueKind.Integer => x.AsInteger.CompareTo(y.AsInteger),
            ValueKind.String or ValueKind.Keyword or ValueKind.Literal => string.CompareOrdinal(x.AsText, y.AsText),
            _ => CompareItems(x.Items, y.Items),
        };
    }

    /// <summary>The elements of a set in their one form.</summary>
    public static Value[] SortedDistinct(Value[] items)
    {
        var sorted = (Value[])items.Clone();
        Array.Sort(sorted, Instance);
        int kept = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || !sorted[i].Equals(sorted[i - 1])) sorted[kept++] = sorted[i];
        }

        return kept == sorted.Length ? sorted : sorted[..kept];
    }

    /// <summary>The keys and values of a map, in turn, in their one form.</summary>
    public static Value[] SortedByKey((Value Key, Value Value)[] entries)
    {
        if (entries.Length == 0) return [];
        var keys = new Value[entries.Length];
        var places = new int[entries.Length];
        for (int i = 0; i < entries.Length; i++) (keys[i], places[i]) = (entries[i].Key, i);
        Array.Sort(keys, places, Instance);

        var flat = new List<Value>(entries.Length * 2);
        int latest = -1;
        for (int i = 0; i < keys.Length; i++)
        {
            bool repeats = flat.Count > 0 && flat[^2].Equals(keys[i]);
            // The sort is not stable, so which of two entries with one key came later is looked up.
            if (!repeats) flat.AddRange([keys[i], entries[places[i]].Value]);
            else if (places[i] > latest) flat[^1] = entries[places[i]].Value;
            latest = repeats ? Math.Max(latest, places[i]) : places[i];
        }

        return [.. flat];
    }

    private int CompareItems(ReadOnlySpan<Value> x, ReadOnlySpan<Value> y)
    {
        for (int i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            int order = Compare(x[i], y[i]);
            if (order != 0) return order;
        }

        return x.Length.CompareTo(y.Length);
    }
}
