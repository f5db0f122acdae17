namespace RaftCheck.Linearizability;

/// <summary>
/// The operations that the search has let take effect, in order, and the longest such order it has seen. For one thread.
/// </summary>
internal sealed class Trail
{
    private int[] _operations = [];
    private int[] _statesBefore = [];
    private bool[] _forced = [];
    private int[] _best = [];
    private int _bestDepth;

    // How many of the first operations are the same in both orders: only the others need copying.
    private int _shared;

    /// <summary>How many operations have taken effect.</summary>
    public int Depth { get; private set; }

    /// <summary>Those that have taken effect now.</summary>
    public ReadOnlySpan<int> Current => _operations.AsSpan(0, Depth);

    /// <summary>Those that had when the search got furthest.</summary>
    public ReadOnlySpan<int> Best => _best.AsSpan(0, _bestDepth);

    /// <summary>The state after <see cref="Best"/>.</summary>
    public int BestState { get; private set; }

    /// <summary>The operation whose return stopped the search when it got furthest; -1 if none did.</summary>
    public int BestBlocked { get; private set; }

    /// <summary>The place of that return in the order of all returns: so many operations had to take effect before it. -1 if none.</summary>
    public int BestRank { get; private set; }

    /// <summary>Empties it and makes room for that many operations.</summary>
    public void Reset(int operations)
    {
        if (_operations.Length < operations)
        {
            _operations = new int[operations];
            _statesBefore = new int[operations];
            _forced = new bool[operations];
            _best = new int[operations];
        }

        Depth = 0;
        _bestDepth = 0;
        BestRank = -1;
        _shared = 0;
        BestState = 0;
        BestBlocked = -1;
    }

    /// <summary>An operation takes effect.</summary>
    public void Push(int operation, int stateBefore, bool forced)
    {
        _operations[Depth] = operation;
        _statesBefore[Depth] = stateBefore;
        _forced[Depth] = forced;
        Depth++;
    }

    /// <summary>The last one is taken back.</summary>
    public int Pop(out int stateBefore, out bool forced)
    {
        Depth--;
        if (_shared > Depth) _shared = Depth;
        stateBefore = _statesBefore[Depth];
        forced = _forced[Depth];
        return _operations[Depth];
    }

    /// <summary>
    /// The search cannot pass an operation's return, the one of that rank among all returns. It has got furthest where
    /// the rank is greatest; of those, where most operations have taken effect.
    /// </summary>
    public void NoteBlocked(int rank, int operation, int state)
    {
        if (rank < BestRank || (rank == BestRank && Depth <= _bestDepth)) return;
        _operations.AsSpan(_shared, Depth - _shared).CopyTo(_best.AsSpan(_shared));
        _shared = Depth;
        _bestDepth = Depth;
        BestRank = rank;
        BestState = state;
        BestBlocked = operation;
    }
}
