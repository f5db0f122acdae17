namespace RaftCheck.Linearizability;

/// <summary>
/// The calls and returns that the search has still to explain, in order: Wing and Gong's doubly linked list, in arrays.
/// Of n operations, entry i below n is operation i's call, and entry n + i its return. An operation is lifted out when
/// it takes effect, and put back, in the opposite order, when the search takes that back. For one thread.
/// </summary>
internal sealed class EntryList
{
    private int[] _next = [];
    private int[] _previous = [];
    private int _count;

    /// <summary>The first entry; <see cref="End"/> when there is none.</summary>
    public int First => _next[End];

    /// <summary>What stands before the first entry and behind the last.</summary>
    public int End => 2 * _count;

    /// <summary>Whether an entry is a call.</summary>
    public bool IsCall(int entry) => entry < _count;

    /// <summary>The entry of an operation's return.</summary>
    public int ReturnOf(int operation) => _count + operation;

    /// <summary>The operation whose return an entry is.</summary>
    public int OperationOf(int returnEntry) => returnEntry - _count;

    /// <summary>The entry behind one that is in the list.</summary>
    public int Next(int entry) => _next[entry];

    /// <summary>The entry before one that is in the list.</summary>
    public int Previous(int entry) => _previous[entry];

    /// <summary>Empties the list and makes room for that many operations.</summary>
    public void Reset(int operations)
    {
        _count = operations;
        if (_next.Length < (2 * operations) + 1)
        {
            _next = new int[(2 * operations) + 1];
            _previous = new int[(2 * operations) + 1];
        }

        _next[End] = End;
        _previous[End] = End;
    }

    /// <summary>Adds an entry behind the last one.</summary>
    public void Append(int entry)
    {
        int last = _previous[End];
        _next[last] = entry;
        _previous[entry] = last;
        _next[entry] = End;
        _previous[End] = entry;
    }

    /// <summary>Takes an operation out. One that never returned has no return to take out.</summary>
    public void Lift(int operation, bool hasReturn)
    {
        Unlink(operation);
        if (hasReturn) Unlink(_count + operation);
    }

    /// <summary>Puts the operation back that was lifted last of those that are out.</summary>
    public void PutBack(int operation, bool hasReturn)
    {
        if (hasReturn) Relink(_count + operation);
        Relink(operation);
    }

    private void Unlink(int entry)
    {
        _next[_previous[entry]] = _next[entry];
        _previous[_next[entry]] = _previous[entry];
    }

    private void Relink(int entry)
    {
        _next[_previous[entry]] = entry;
        _previous[_next[entry]] = entry;
    }
}
