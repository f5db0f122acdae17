namespace RaftCheck.Linearizability;

/// <summary>How often each moment is covered, where covers can be taken away again: a segment tree. For one thread.</summary>
internal sealed class CoverTree
{
    // Of each node, the least cover below it, without what was taken from whole nodes above; and what was from itself.
    private int[] _least = [];
    private int[] _added = [];
    private int _leaves = 1;
    private int _moments;

    /// <summary>Starts over.</summary>
    /// <param name="covers">How often each moment is covered.</param>
    public void Reset(ReadOnlySpan<int> covers)
    {
        _moments = covers.Length;
        while (_leaves < _moments) _leaves *= 2;
        if (_least.Length < 2 * _leaves) (_least, _added) = (new int[2 * _leaves], new int[2 * _leaves]);
        Array.Clear(_added);
        covers.CopyTo(_least.AsSpan(_leaves));
        _least.AsSpan(_leaves + _moments, _leaves - _moments).Clear();
        for (int node = _leaves - 1; node > 0; node--) _least[node] = Math.Min(_least[2 * node], _least[(2 * node) + 1]);
    }

    /// <summary>Takes one cover away from the moments from one up to, but not including, another.</summary>
    public void Uncover(int from, int to) => Uncover(1, 0, _leaves, from, to);

    /// <summary>The first moment from one on, but before another, that nothing covers; that other if there is none.</summary>
    public int FirstFree(int from, int to)
    {
        int found = FirstFree(1, 0, _leaves, from, to, 0);
        return found < 0 ? to : found;
    }

    private void Uncover(int node, int start, int length, int from, int to)
    {
        if (from >= start + length || to <= start) return;
        if (from <= start && start + length <= to)
        {
            _least[node]--;
            _added[node]--;
            return;
        }

        Uncover(2 * node, start, length / 2, from, to);
        Uncover((2 * node) + 1, start + (length / 2), length / 2, from, to);
        _least[node] = Math.Min(_least[2 * node], _least[(2 * node) + 1]) + _added[node];
    }

    private int FirstFree(int node, int start, int length, int from, int to, int above)
    {
        if (from >= start + length || to <= start || _least[node] + above > 0) return -1;
        if (length == 1) return start;
        above += _added[node];
        int left = FirstFree(2 * node, start, length / 2, from, to, above);
        return left >= 0 ? left : FirstFree((2 * node) + 1, start + (length / 2), length / 2, from, to, above);
    }
}
