namespace RaftCheck.Linearizability;

/// <summary>Numbers at ranks, to be taken out wherever they are small enough: a segment tree. For one thread.</summary>
internal sealed class LeastTree
{
    private int[] _least = [];
    private int _leaves = 1;

    /// <summary>Starts over.</summary>
    /// <param name="numbers">The number at each rank; <see cref="int.MaxValue"/> where there is none.</param>
    public void Reset(ReadOnlySpan<int> numbers)
    {
        while (_leaves < numbers.Length) _leaves *= 2;
        if (_least.Length < 2 * _leaves) _least = new int[2 * _leaves];
        numbers.CopyTo(_least.AsSpan(_leaves));
        _least.AsSpan(_leaves + numbers.Length, _leaves - numbers.Length).Fill(int.MaxValue);
        for (int node = _leaves - 1; node > 0; node--) _least[node] = Math.Min(_least[2 * node], _least[(2 * node) + 1]);
    }

    /// <summary>
    /// Takes out a number below a bound, at one of the ranks from one up to but not including another; returns its rank, -1
    /// if there is none.
    /// </summary>
    public int TakeBelow(int bound, int from, int to)
    {
        int rank = Find(1, 0, _leaves, bound, from, to);
        if (rank < 0) return -1;
        int node = _leaves + rank;
        _least[node] = int.MaxValue;
        for (node /= 2; node > 0; node /= 2) _least[node] = Math.Min(_least[2 * node], _least[(2 * node) + 1]);
        return rank;
    }

    private int Find(int node, int start, int length, int bound, int from, int to)
    {
        if (from >= start + length || to <= start || _least[node] >= bound) return -1;
        if (length == 1) return start;
        int left = Find(2 * node, start, length / 2, bound, from, to);
        return left >= 0 ? left : Find((2 * node) + 1, start + (length / 2), length / 2, bound, from, to);
    }
}
