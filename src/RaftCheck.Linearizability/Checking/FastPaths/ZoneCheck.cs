namespace RaftCheck.Linearizability;

/// <summary>
/// Judges prefixes of a register's history by its zones. A block's zone lies between the first return and the last call
/// among its operations. If the call comes later, the register must hold the block's values from the one to the other:
/// a forward zone. If the return comes later, any moment between the two will do: a backward zone. There is an order if
/// and only if the operations of each block keep to the order of its values, no two forward zones overlap, and no
/// backward zone lies within a forward one. For one thread.
/// </summary>
internal sealed class ZoneCheck
{
    private const int None = ZoneHistory.None;
    private readonly ZoneHistory _history;
    private readonly bool[] _present;
    private readonly int[] _root;
    private readonly int[] _lastCallUpTo;
    private readonly int[] _blockFirstReturn;
    private readonly int[] _blockLastCall;
    private readonly int[] _blockOfEvent;
    private readonly int[] _swappedTo;
    private readonly int[] _eventIndices;
    private readonly int[] _invokeRank;
    private readonly int[] _returnRank;
    private readonly List<int> _deferred = [];

    /// <summary>A check of the prefixes of that history.</summary>
    public ZoneCheck(ZoneHistory history)
    {
        _history = history;
        int values = history.Values.Length;
        _present = new bool[values];
        _root = new int[values];
        _lastCallUpTo = new int[values];
        _blockFirstReturn = new int[values];
        _blockLastCall = new int[values];
        _swappedTo = new int[values];
        (_eventIndices, _invokeRank, _returnRank) = RankEvents(history);
        _blockOfEvent = new int[_eventIndices.Length];
    }

    /// <summary>After a check that failed: operations that contradict each other; -1 marks an unused place.</summary>
    public int[] Culprits { get; } = [None, None, None, None];

    /// <summary>After a check that held: the first value of each block, in an order of blocks that explains every result.</summary>
    public List<int> Blocks { get; } = [];

    /// <summary>The last event of the prefix that was checked.</summary>
    public int Horizon { get; private set; }

    /// <summary>After a check: whether a value is written at all.</summary>
    public bool IsPresent(int value) => _present[value];

    /// <summary>After a check that held: the value that a value is swapped for; -1 if none is.</summary>
    public int SwappedTo(int value) => _swappedTo[value];

    /// <summary>Whether there is an order of what happened up to, and including, that many returns.</summary>
    public bool Holds(int returns)
    {
        Horizon = returns == _history.Returns.Length
            ? int.MaxValue - 1
            : returns == 0 ? -1 : _history.ReturnsAt[_history.Returns[returns - 1]];
        Array.Fill(Culprits, None);
        Blocks.Clear();
        FindPresent();
        Array.Fill(_blockOfEvent, None);
        Array.Fill(_swappedTo, None);
        foreach (int value in _history.ChainOrder)
        {
            if (_present[value] && !FollowChain(value)) return false;
        }

        return Sweep();
    }

    private static (int[] Indices, int[] InvokeRank, int[] ReturnRank) RankEvents(ZoneHistory history)
    {
        // Calls are in order already, and so are the returns: a merge ranks them without another sort.
        int calls = history.Invokes.Length;
        var indices = new int[calls + history.Returns.Length];
        var invokeRank = new int[calls];
        var returnRank = new int[calls];
        int rank = 0;
        int next = 0;
        for (int i = 0; i < calls; i++)
        {
            for (; next < history.Returns.Length && history.ReturnsAt[history.Returns[next]] < history.Invokes[i]; next++)
                Take(history.Returns[next], history.ReturnsAt, returnRank);
            Take(i, history.Invokes, invokeRank);
        }

        for (; next < history.Returns.Length; next++) Take(history.Returns[next], history.ReturnsAt, returnRank);
        return (indices, invokeRank, returnRank);

        void Take(int operation, int[] events, int[] ranks)
        {
            ranks[operation] = rank;
            indices[rank++] = events[operation];
        }
    }

    /// <summary>A value is there if its write returned, or if somebody found it, or swapped it for one that is there.</summary>
    private void FindPresent()
    {
        Array.Clear(_present);
        _present[ZoneHistory.Initial] = true;
        ReadOnlySpan<ZoneHistory.ValueUse> values = _history.Values;
        for (int i = _history.ChainOrder.Length - 1; i >= 0; i--)
        {
            int value = _history.ChainOrder[i];
            if (!_present[value] && !IsThereAndDone(values[value].Writer) && !AnyDone(values[value].FirstReader)) continue;
            _present[value] = true;
            int before = _history.Before(value);
            if (before != None) _present[before] = true;
        }
    }

    private bool AnyDone(int reader)
    {
        for (; reader != None && _history.Invokes[reader] <= Horizon; reader = _history.NextReader[reader])
        {
            if (IsDone(reader)) return true;
        }

        return false;
    }

    private bool IsThereAndDone(int operation) => operation != None && IsDone(operation);

    /// <summary>Whether an operation returned within the prefix.</summary>
    public bool IsDone(int operation) => _history.ReturnsAt[operation] <= Horizon;

    /// <summary>
    /// Adds a value's operations to its block, behind those of the value that it was swapped for. None of them may have
    /// returned before one that comes earlier in the block was called.
    /// </summary>
    private bool FollowChain(int value)
    {
        ZoneHistory.ValueUse use = _history.Values[value];
        int before = _history.Before(value);
        int root = before == None ? value : _root[before];
        int last = before == None ? None : _lastCallUpTo[before];
        _root[value] = root;
        if (before == None) _blockFirstReturn[root] = None;
        if (value != ZoneHistory.Initial)
        {
            if (use.Writer == None || _history.Invokes[use.Writer] > Horizon) return Contradiction(WhoFound(value), use.Writer);
            if (!Follows(use.Writer, last)) return Contradiction(use.Writer, last);
            if (before != None && _swappedTo[before] != None) return Contradiction(use.Writer, _history.Values[_swappedTo[before]].Writer);
            if (before != None) _swappedTo[before] = value;
            last = Later(last, use.Writer);
            NoteReturn(root, use.Writer);
        }

        int written = last;
        for (int reader = use.FirstReader; reader != None && _history.Invokes[reader] <= Horizon; reader = _history.NextReader[reader])
        {
            if (!IsDone(reader)) continue;
            if (!Follows(reader, written)) return Contradiction(reader, written);
            last = Later(last, reader);
            NoteReturn(root, reader);
        }

        _lastCallUpTo[value] = last;
        _blockLastCall[root] = last;
        return true;
    }

    /// <summary>
    /// Meets the zones in the order of time, each where it starts: a forward one at its first return, a backward one at
    /// its last call.
    /// </summary>
    private bool Sweep()
    {
        foreach (int value in _history.ChainOrder)
        {
            if (_present[value] && _root[value] == value && value != ZoneHistory.Initial) _blockOfEvent[StartRank(value)] = value;
        }

        int current = ZoneHistory.Initial;
        int end = LastCall(current);
        Blocks.Add(current);
        for (int rank = 0; rank < _eventIndices.Length && _eventIndices[rank] <= Horizon; rank++)
        {
            int block = _blockOfEvent[rank];
            if (block == None) continue;
            int start = _eventIndices[rank];
            bool isInside = start < end;
            if (isInside && FirstReturn(block) < end) return Overlap(current, block);
            if (isInside)
            {
                // A backward zone that reaches beyond this forward one: it may wait until that is over.
                _deferred.Add(block);
                continue;
            }

            PlaceDeferred();
            Blocks.Add(block);
            if (!IsForward(block)) continue;
            current = block;
            end = LastCall(block);
        }

        PlaceDeferred();
        return true;
    }

    private void PlaceDeferred()
    {
        Blocks.AddRange(_deferred);
        _deferred.Clear();
    }

    private int FirstReturn(int block) => _history.ReturnsAt[_blockFirstReturn[block]];

    private int LastCall(int block) => _blockLastCall[block] == None ? -1 : _history.Invokes[_blockLastCall[block]];

    private bool IsForward(int block) => FirstReturn(block) < LastCall(block);

    private int StartRank(int block) =>
        IsForward(block) ? _returnRank[_blockFirstReturn[block]] : _invokeRank[_blockLastCall[block]];

    /// <summary>Whether an operation may take effect after another one.</summary>
    private bool Follows(int operation, int earlier) =>
        earlier == None || _history.ReturnsAt[operation] > _history.Invokes[earlier];

    private int Later(int one, int other) =>
        one == None || _history.Invokes[other] > _history.Invokes[one] ? other : one;

    private void NoteReturn(int block, int operation)
    {
        if (!IsDone(operation)) return;
        int first = _blockFirstReturn[block];
        if (first == None || _history.ReturnsAt[operation] < _history.ReturnsAt[first]) _blockFirstReturn[block] = operation;
    }

    /// <summary>An operation that found a value, by reading it or by swapping it for one that is there.</summary>
    private int WhoFound(int value)
    {
        for (int reader = _history.Values[value].FirstReader; reader != None; reader = _history.NextReader[reader])
        {
            if (IsDone(reader)) return reader;
        }

        foreach (int other in _history.ChainOrder)
        {
            if (_present[other] && _history.Before(other) == value) return _history.Values[other].Writer;
        }

        return None;
    }

    private bool Contradiction(int one, int other)
    {
        Culprits[0] = one;
        Culprits[1] = other;
        return false;
    }

    private bool Overlap(int one, int other)
    {
        _deferred.Clear();
        Culprits[0] = _blockFirstReturn[one];
        Culprits[1] = _blockLastCall[one];
        Culprits[2] = _blockFirstReturn[other];
        Culprits[3] = _blockLastCall[other];
        return false;
    }
}
