using System.Runtime.InteropServices;

namespace RaftCheck.Linearizability;

/// <summary>
/// Sets that form a chain by inclusion. Of each element the size of the smallest one is known that has it. So another one
/// fits if it has as many elements that are in the next smaller one as that has itself, and none that the next larger one
/// lacks: no two of them are ever compared. For one thread.
/// </summary>
internal sealed class SetReadChain(GrowthHistory history) : IReadChain
{
    private readonly Dictionary<int, int> _sizes = [];

    // In ascending order, and who found as many as that.
    private readonly List<int> _distinctSizes = [];
    private readonly Dictionary<int, int> _firstOfSize = [];

    // Of each element.
    private readonly List<int> _smallest = [];
    private readonly List<int> _foundBy = [];

    private int[] _items = [];

    /// <inheritdoc/>
    public int[]? Disagreement(int read, ReadOnlySpan<Value> items, out ulong print)
    {
        int size = Load(read, items, out print);
        int at = _distinctSizes.BinarySearch(size);
        int below = at >= 0 ? at : ~at - 1;
        int above = at >= 0 ? at : ~at;
        int smaller = below >= 0 ? _distinctSizes[below] : 0;
        int larger = above < _distinctSizes.Count ? _distinctSizes[above] : GrowthHistory.Never;
        int inSmaller = 0;
        int inLarger = 0;
        Span<int> smallest = CollectionsMarshal.AsSpan(_smallest);
        ReadOnlySpan<int> found = _items.AsSpan(0, size);
        foreach (int element in found)
        {
            if (smallest[element] <= smaller) inSmaller++;
            if (smallest[element] <= larger) inLarger++;
        }

        if (inSmaller < smaller) return [_firstOfSize[smaller], read];
        if (inLarger < size) return [_firstOfSize[larger], read];
        foreach (int element in found)
        {
            if (smallest[element] > smaller) smallest[element] = size;
        }

        _sizes.Add(read, size);
        if (at < 0) _distinctSizes.Insert(~at, size);
        _firstOfSize.TryAdd(size, read);
        return null;
    }

    /// <inheritdoc/>
    public int PlaceOf(int read) => _sizes[read];

    /// <inheritdoc/>
    public void Places(int[] places) => _smallest.CopyTo(places);

    /// <summary>Numbers what a read has found, each element once; returns how many they are.</summary>
    private int Load(int read, ReadOnlySpan<Value> items, out ulong print)
    {
        if (_items.Length < items.Length) _items = new int[Math.Max(items.Length, 2 * _items.Length)];
        int size = 0;
        print = 0;
        foreach (Value item in items)
        {
            int element = history.NumberOf(item);
            while (_foundBy.Count <= element)
            {
                _foundBy.Add(GrowthHistory.None);
                _smallest.Add(GrowthHistory.Never);
            }

            if (_foundBy[element] == read) continue;
            _foundBy[element] = read;
            _items[size++] = element;
            print += history.PrintOf(element, 0);
        }

        return size;
    }
}
