namespace RaftCheck.Linearizability;

/// <summary>Lists each of which the next longer one begins with. For one thread.</summary>
/// <param name="history">Numbers the elements.</param>
/// <param name="initial">What all lists begin with, as far as they go.</param>
internal sealed class ListReadChain(GrowthHistory history, int[] initial) : IReadChain
{
    private readonly Dictionary<int, int> _lengths = [];
    private readonly List<int> _longest = [.. initial];
    private readonly List<ulong> _prints = [];
    private readonly HashSet<int> _inLongest = [.. initial];
    private int _longestRead = GrowthHistory.None;

    /// <inheritdoc/>
    public int[]? Disagreement(int read, ReadOnlySpan<Value> items, out ulong print)
    {
        if (_prints.Count == 0)
        {
            _prints.Add(0);
            for (int i = 0; i < initial.Length; i++) _prints.Add(_prints[i] + history.PrintOf(initial[i], i));
        }

        print = 0;
        for (int i = 0; i < items.Length; i++)
        {
            int element = history.NumberOf(items[i]);
            // No element is appended twice, so a list that has one twice is wrong by itself.
            if (i < _longest.Count && element != _longest[i]) return _longestRead == GrowthHistory.None ? [read] : [_longestRead, read];
            if (i < _longest.Count) continue;
            if (!_inLongest.Add(element)) return [read];
            _longest.Add(element);
            _prints.Add(_prints[i] + history.PrintOf(element, i));
            _longestRead = read;
        }

        print = _prints[items.Length];
        _lengths.Add(read, items.Length);
        return null;
    }

    /// <inheritdoc/>
    public int PlaceOf(int read) => _lengths[read];

    /// <inheritdoc/>
    public void Places(int[] places)
    {
        for (int i = 0; i < _longest.Count; i++) places[_longest[i]] = i + 1;
    }
}
