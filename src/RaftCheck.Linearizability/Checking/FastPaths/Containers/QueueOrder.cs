namespace RaftCheck.Linearizability;

/// <summary>
/// Puts the elements of a queue in the order in which they go through it, segment by segment: a segment is what lies
/// between two moments at which the queue is empty. For one thread.
/// </summary>
internal sealed class QueueOrder(ContainerView view)
{
    private const int None = ContainerHistory.None;
    private const int Never = ContainerHistory.Never;
    private readonly PriorityQueue<int, int> _available = new();
    private readonly List<int> _fifo = [];
    private readonly List<int> _segmentEnds = [];
    private bool[] _isPlaced = [];
    private int[] _segments = [];
    private IReadOnlyList<int> _moments = [];

    /// <summary>After a failure: operations that contradict each other; -1 for an unused place.</summary>
    public int[] Culprits { get; private set; } = [];

    /// <summary>Looks for the order.</summary>
    /// <param name="moments">When the queue is empty. They do not decrease.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryArrange(IReadOnlyList<int> moments)
    {
        _moments = moments;
        FindSegments();
        int[] byPut = BySegment(view.PutCall, out int[] starts);
        int[] byPutReturn = BySegment(view.PutReturn, out _);
        int[] byTakeReturn = BySegment(view.TakeReturn, out _);
        _fifo.Clear();
        _segmentEnds.Clear();
        if (_isPlaced.Length == 0) _isPlaced = new bool[view.IsThere.Length];
        Array.Clear(_isPlaced);
        for (int segment = 0; segment <= moments.Count; segment++)
        {
            Range range = starts[segment]..starts[segment + 1];
            if (!TryArrange(byPut.AsSpan(range), byPutReturn.AsSpan(range), byTakeReturn.AsSpan(range))) return false;
            _segmentEnds.Add(_fifo.Count);
        }

        return true;
    }

    /// <summary>
    /// The operations in order: between two empty moments each as early as it can be, put in and taken out in the order of
    /// the elements.
    /// </summary>
    public int[] Operations()
    {
        var order = new List<int>(view.History.Calls.Length);
        int from = 0;
        for (int segment = 0; segment < _segmentEnds.Count; segment++)
        {
            if (segment > 0) order.Add(view.Empties[segment - 1]);
            Merge(from, _segmentEnds[segment], order);
            from = _segmentEnds[segment];
        }

        return [.. order];
    }

    private void Merge(int from, int to, List<int> order)
    {
        int put = from;
        int lastPutCall = -1;
        int lastTakeCall = -1;
        for (int take = from; take < to; take++)
        {
            lastTakeCall = Math.Max(lastTakeCall, view.TakeCall[_fifo[take]]);
            for (; put < to; put++)
            {
                lastPutCall = Math.Max(lastPutCall, view.PutCall[_fifo[put]]);
                if (put > take && lastPutCall > lastTakeCall) break;
                int operation = view.History.Puts[_fifo[put]];
                if (operation != None) order.Add(operation);
            }

            if (view.Taker[_fifo[take]] != None) order.Add(view.Taker[_fifo[take]]);
        }
    }

    /// <summary>
    /// Always one that may be the next both to go in and to come out. Of those that may go in next, the one that may come
    /// out first: if even that comes too late for the one that must come out first, then the one that must go in first and
    /// the one that must come out first contradict each other.
    /// </summary>
    private bool TryArrange(ReadOnlySpan<int> byPut, ReadOnlySpan<int> byPutReturn, ReadOnlySpan<int> byTakeReturn)
    {
        _available.Clear();
        int next = 0;
        int firstPut = 0;
        int firstTake = 0;
        for (int placed = 0; placed < byPut.Length; placed++)
        {
            while (_isPlaced[byPutReturn[firstPut]]) firstPut++;
            while (_isPlaced[byTakeReturn[firstTake]]) firstTake++;
            int oldest = byPutReturn[firstPut];
            int leaver = byTakeReturn[firstTake];
            for (; next < byPut.Length && view.PutCall[byPut[next]] <= view.PutReturn[oldest]; next++)
                _available.Enqueue(byPut[next], view.TakeCall[byPut[next]]);
            int candidate = _available.Dequeue();
            if (view.TakeCall[candidate] > view.TakeReturn[leaver])
            {
                Culprits = [view.History.Puts[oldest], view.History.Puts[leaver], view.Taker[leaver], view.Taker[oldest]];
                return false;
            }

            _fifo.Add(candidate);
            _isPlaced[candidate] = true;
        }

        return true;
    }

    /// <summary>An element goes through the queue in the segment in which it may be taken first.</summary>
    private void FindSegments()
    {
        if (_segments.Length == 0) _segments = new int[view.IsThere.Length];
        var at = new int[view.Ranks];
        int moment = 0;
        for (int rank = 0; rank < at.Length; rank++)
        {
            while (moment < _moments.Count && _moments[moment] < rank) moment++;
            at[rank] = moment;
        }

        for (int i = 0; i < view.Count; i++)
            _segments[i] = view.TakeCall[i] == Never ? _moments.Count : at[view.TakeCall[i]];
    }

    /// <summary>The elements by their segments, and in each by a time. No two elements have the same time, but for never.</summary>
    private int[] BySegment(int[] times, out int[] starts)
    {
        var atRank = new int[view.Ranks];
        Array.Fill(atRank, None);
        var never = new List<int>();
        starts = new int[_moments.Count + 2];
        for (int i = 0; i < view.Count; i++)
        {
            if (!view.IsThere[i]) continue;
            starts[_segments[i] + 1]++;
            if (times[i] == Never) never.Add(i);
            else atRank[times[i]] = i;
        }

        for (int segment = 0; segment <= _moments.Count; segment++) starts[segment + 1] += starts[segment];
        var sorted = new int[starts[^1]];
        int[] next = [.. starts];
        foreach (int element in atRank)
        {
            if (element != None) sorted[next[_segments[element]]++] = element;
        }

        foreach (int element in never) sorted[next[_segments[element]]++] = element;
        return sorted;
    }
}
