namespace RaftCheck.Linearizability;

/// <summary>
/// The search for an order of one part's operations: Wing and Gong's depth-first search over what may take effect next,
/// with Lowe's memory of the configurations that were already tried (G. Lowe, "Testing for linearizability", 2017).
/// Three cuts keep it small; each leaves a configuration out only when another one can do all that it can:
/// <list type="number">
/// <item>a completed operation that fits, and can change no state (a read), takes effect at once, without an alternative:
/// whatever could follow without it can follow with it. Not so for a write of the value that is there already: it may
/// be needed later, to undo another;</item>
/// <item>an indeterminate operation that would leave the state as it is does not take effect: later it may be of use;</item>
/// <item>of indeterminate operations that are alike, the one called first takes effect first.</item>
/// </list>
/// One instance judges part after part, and reuses its arrays. For one thread.
/// </summary>
internal sealed class Search(Model model, NilRead nilReads)
{
    private readonly StateTable _table = new(model);
    private readonly ConfigurationCache _cache = new();
    private readonly EntryList _entries = new();
    private readonly TrimmedBitset _completedDone = new();
    private readonly TrimmedBitset _indeterminateDone = new();
    private readonly Trail _trail = new();
    private readonly SearchInput _input = new();
    private int _state;
    private int _remaining;
    private int _doneOfLog;

    /// <summary>The order found; or, if there is none, a longest one that fits up to where the search got.</summary>
    public Operation[] Order(bool found) => _input.Operations(found ? _trail.Current : _trail.Best);

    /// <summary>The state after the longest order that fits.</summary>
    public Value StateAfterBest => _table[_trail.BestState];

    /// <summary>The operation at whose return the search got no further; <see langword="null"/> before any search.</summary>
    public Operation? Blocked => _trail.BestBlocked < 0 ? null : _input.OperationAt(_trail.BestBlocked);

    /// <summary>The most completed operations that it placed before a return stopped it.</summary>
    public int Placed => _trail.BestRank + 1;

    /// <summary>Looks for an order of a part's operations.</summary>
    /// <param name="part">The operations.</param>
    /// <param name="budget">What it may spend.</param>
    /// <param name="patience">After how many steps it gives up all the same, those to known configurations included.</param>
    /// <param name="logStarts">If given, only orders that keep to that of the log are looked for; see <see cref="Part.LogStarts"/>.</param>
    public SearchEnd Run(Part part, Budget budget, long patience, int[]? logStarts = null)
    {
        Start(part, logStarts);
        while (true)
        {
            // A configuration that was just reached.
            if (budget.SpendStep() is SearchEnd outOfTime) return outOfTime;
            PlaceReads();
            if (_remaining == 0) return SearchEnd.Found;
            if (--patience < 0) return SearchEnd.OutOfPatience;
            bool isNew = false;
            switch (Remember(budget))
            {
                case ConfigurationCache.Addition.New: isNew = true; break;
                case ConfigurationCache.Addition.NoRoom: return SearchEnd.OutOfMemory;
                default: break;
            }

            if (isNew && budget.SpendState() is SearchEnd outOfStates) return outOfStates;

            // Go on from it, or else from the last one that has an alternative left.
            int entry = isNew ? _entries.First : TakeBack();
            while (entry != _entries.End && !Advance(entry)) entry = TakeBack();
            if (entry == _entries.End) return SearchEnd.Exhausted;
        }
    }

    private void Start(Part part, int[]? logStarts)
    {
        _input.Load(part, model, nilReads, _entries, logStarts);
        _doneOfLog = 0;
        _completedDone.Reset(_input.CompletedCount);
        _indeterminateDone.Reset(_input.Count - _input.CompletedCount);
        _cache.Clear();
        _trail.Reset(_input.Count);
        _remaining = _input.CompletedCount;
        _state = _table.Reset(_input.Calls.AsSpan(0, _input.Count));
    }

    /// <summary>Lets every completed read take effect that fits now.</summary>
    private void PlaceReads()
    {
        int entry = _entries.First;
        while (_entries.IsCall(entry))
        {
            if (!_input.IsCompletedRead(entry) || !IsItsTurn(entry) || _table.Next(_state, entry) == StateTable.Impossible)
            {
                entry = _entries.Next(entry);
                continue;
            }

            // Its return may be the next entry, and goes with it; and what stood behind that return may now go ahead.
            int previous = _entries.Previous(entry);
            Place(entry, _state, forced: true);
            entry = _entries.Next(previous);
        }
    }

    private ConfigurationCache.Addition Remember(Budget budget)
    {
        long room = budget.MemoryBytes - _table.SizeBytes;
        if (_cache.SizeBytes > room) return ConfigurationCache.Addition.NoRoom;
        return _cache.Add(_completedDone, _indeterminateDone, _state, room);
    }

    /// <summary>
    /// Lets the first operation take effect that may, from an entry on. Returns false when a return comes first: that
    /// operation has not taken effect yet, and nothing behind its return may do so before it.
    /// </summary>
    private bool Advance(int entry)
    {
        while (_entries.IsCall(entry))
        {
            int next = IsItsTurn(entry) ? _table.Next(_state, entry) : StateTable.Impossible;
            if (next != StateTable.Impossible && (_input.IsCompleted(entry) || IsOfUse(entry, next)))
            {
                Place(entry, next, forced: false);
                return true;
            }

            entry = _entries.Next(entry);
        }

        // Some completed operation is left, so its return is: this is not the end of the list.
        _trail.NoteBlocked(_input.ReturnRank(_entries.OperationOf(entry)), _entries.OperationOf(entry), _state);
        return false;
    }

    /// <summary>Whether all that stands before an operation in the log has taken effect.</summary>
    private bool IsItsTurn(int operation) => _input.LogStart(operation) <= _doneOfLog;

    /// <summary>Whether an indeterminate operation is worth a try here: the second and the third cut.</summary>
    private bool IsOfUse(int operation, int next)
    {
        if (next == _state) return false;
        int twin = _input.EarlierTwin(operation);
        return twin < 0 || _indeterminateDone.Contains(_input.Bit(twin));
    }

    private void Place(int operation, int next, bool forced)
    {
        bool completed = _input.IsCompleted(operation);
        _entries.Lift(operation, completed);
        (completed ? _completedDone : _indeterminateDone).Add(_input.Bit(operation));
        if (completed) _remaining--;
        if (_input.IsInLog(operation)) _doneOfLog++;
        _trail.Push(operation, _state, forced);
        _state = next;
    }

    /// <summary>
    /// Takes back the last operation that was chosen among alternatives, and those that had to follow it. Returns the
    /// entry where the next alternative is to be looked for; the list's end when there is none.
    /// </summary>
    private int TakeBack()
    {
        while (_trail.Depth > 0)
        {
            int operation = _trail.Pop(out _state, out bool forced);
            bool completed = _input.IsCompleted(operation);
            _entries.PutBack(operation, completed);
            (completed ? _completedDone : _indeterminateDone).Remove(_input.Bit(operation));
            if (completed) _remaining++;
            if (_input.IsInLog(operation)) _doneOfLog--;
            if (!forced) return _entries.Next(operation);
        }

        return _entries.End;
    }
}
