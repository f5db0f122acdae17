namespace RaftCheck.Linearizability;

/// <summary>
/// The states that the search has met, numbered, and the model's steps between them, remembered: a model's step may
/// build strings and maps, while the search only ever compares numbers. For one thread.
/// </summary>
internal sealed class StateTable(Model model)
{
    /// <summary>The step is not allowed.</summary>
    public const int Impossible = -1;

    // Above this many entries steps are taken anew each time: memory matters more than speed there.
    private const long MemoEntriesMax = 16L << 20;
    private const int InitialSlots = 16;

    private readonly List<Value> _states = [];
    private int[] _slots = new int[InitialSlots];
    private int[] _memo = [];
    private Call[] _calls = [];
    private int _callCount;
    private long _stateBytes;

    /// <summary>About how many bytes the table holds.</summary>
    public long SizeBytes => _stateBytes + (sizeof(int) * ((long)_memo.Length + _slots.Length));

    /// <summary>Starts over with other calls; returns the number of the initial state.</summary>
    public int Reset(ReadOnlySpan<Call> calls)
    {
        _states.Clear();
        _stateBytes = 0;
        if (_slots.Length > 64 * InitialSlots) _slots = new int[InitialSlots];
        else Array.Clear(_slots);
        SetCalls(calls, calls.Length);
        return Intern(model.Initial);
    }

    /// <summary>Goes on with other calls, of which more may follow; the states stay.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="room">How many there may be in time.</param>
    public void SetCalls(ReadOnlySpan<Call> calls, int room)
    {
        if (_calls.Length < room) _calls = new Call[room];
        calls.CopyTo(_calls);
        _callCount = room;
        if (_memo.Length > 1 << 16) _memo = [];
        else Array.Clear(_memo);
    }

    /// <summary>One more call, if there is room for it.</summary>
    public bool TryAddCall(int number, in Call call)
    {
        if (number >= _callCount) return false;
        _calls[number] = call;
        return true;
    }

    /// <summary>The state of that number.</summary>
    public Value this[int state] => _states[state];

    /// <summary>The number of the state after a call; <see cref="Impossible"/> when the model does not allow it.</summary>
    public int Next(int state, int call)
    {
        long at = ((long)state * _callCount) + call;
        if (at >= _memo.Length && !EnsureMemo(at)) return Step(state, call);
        // 0 is what a new array holds, so what is known is kept 2 higher.
        ref int known = ref _memo[at];
        if (known != 0) return known - 2;
        int next = Step(state, call);
        // Not through the reference: interning does not move the memo, but a reader should not have to know that.
        _memo[at] = next + 2;
        return next;
    }

    private int Step(int state, int call)
    {
        Value? next = model.Step(_states[state], in _calls[call]);
        return next is null ? Impossible : Intern(next);
    }

    private bool EnsureMemo(long at)
    {
        if (at >= MemoEntriesMax) return false;
        long size = Math.Max(Math.Max(at + 1, 4L * _callCount), _memo.Length * 2L);
        Array.Resize(ref _memo, (int)Math.Min(size, MemoEntriesMax));
        return true;
    }

    private int Intern(Value state)
    {
        int mask = _slots.Length - 1;
        int at = state.GetHashCode() & mask;
        while (_slots[at] != 0)
        {
            if (_states[_slots[at] - 1].Equals(state)) return _slots[at] - 1;
            at = (at + 1) & mask;
        }

        _states.Add(state);
        _slots[at] = _states.Count;
        _stateBytes += state.SizeBytes();
        if (_states.Count * 2 > _slots.Length) Grow();
        return _states.Count - 1;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        for (int i = 0; i < _states.Count; i++)
        {
            int at = _states[i].GetHashCode() & mask;
            while (_slots[at] != 0) at = (at + 1) & mask;
            _slots[at] = i + 1;
        }
    }
}
