using System.Numerics;

namespace RaftCheck.Linearizability;

/// <summary>
/// Judges a part event by event: just-in-time linearization (G. Lowe, "Testing for linearizability", 2017), which keeps
/// all configurations in which the system may be, and lets an operation take effect only when one returns that needs it.
/// For a bounded number of pending operations its cost grows linearly with the history. Cuts keep the frontier narrow;
/// each leaves a configuration out only when another one can do all that it can:
/// <list type="number">
/// <item>a read takes effect as soon as it fits;</item>
/// <item>when an operation overwrites the state, all pending ones that would have overwritten it may be held to have
/// taken effect just before, unseen. They are hidden: done if that is needed, and still to be done if that is;</item>
/// <item>of operations that are alike, the one that returns first takes effect first.</item>
/// </list>
/// It may be told to keep no more than so many configurations; then it can still find an order, but no violation.
/// For one thread.
/// </summary>
internal sealed class Frontier
{
    // Of what one event may reach before the best are kept.
    private const int ReachPerWidth = 8;

    private readonly FrontierInput _input;
    private readonly StateTable _table;
    private readonly Slots _slots;
    private readonly StepTree? _steps;
    private readonly FrontierReads _reads;
    private readonly ulong[] _done;
    private readonly ulong[] _hidden;
    private FrontierSet _current;
    private FrontierSet _next;
    private readonly FrontierSet _reached;

    // What was reached and is still to be followed, by how many operations of unknown end it has used up.
    private readonly List<List<int>> _toFollow = [];
    private int _width;

    /// <summary>A frontier over operations.</summary>
    /// <param name="input">The operations.</param>
    /// <param name="table">The states.</param>
    /// <param name="slots">Room for those that are pending together.</param>
    /// <param name="steps">Takes down how configurations came about, if anyone wants to know.</param>
    public Frontier(FrontierInput input, StateTable table, Slots slots, StepTree? steps)
    {
        _input = input;
        _table = table;
        _slots = slots;
        _steps = steps;
        _reads = new FrontierReads(_input, _slots, _table);
        _done = new ulong[_slots.Words];
        _hidden = new ulong[_slots.Words];
        _current = new FrontierSet(_slots);
        _next = new FrontierSet(_slots);
        _reached = new FrontierSet(_slots);
    }

    /// <summary>The configurations in which the system may be.</summary>
    public FrontierSet Current => _current;

    /// <summary>Whether configurations were let go that might have led to an order.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>
    /// Whether operations of unknown outcome may expire. Then one that leaves the state as it is may be of use all the
    /// same, as the last chance of another one to be overwritten.
    /// </summary>
    public bool OperationsExpire { get; init; }

    /// <summary>About how many bytes it holds.</summary>
    private long SizeBytes =>
        _current.SizeBytes + _next.SizeBytes + _reached.SizeBytes + (_steps?.SizeBytes ?? 0) + _table.SizeBytes;

    /// <summary>Starts over, before the first call.</summary>
    /// <param name="initial">The initial state.</param>
    /// <param name="width">How many configurations to keep at most.</param>
    public void Start(int initial, int width)
    {
        _width = width;
        HasDropped = false;
        _slots.Clear();
        _steps?.Clear();
        _reads.Forget();
        _current.Clear();
        _current.Add(initial, new ulong[_slots.Words], new ulong[_slots.Words], StepTree.Root);
    }

    /// <summary>Goes back to a moment.</summary>
    public void GoBackTo(FrontierSet configurations, Slots slots)
    {
        _slots.CopyFrom(slots);
        _current.CopyFrom(configurations);
        _reads.Forget();
    }

    /// <summary>An operation is called. There must be room for it.</summary>
    public void Call(int operation)
    {
        _slots.Take(operation);
        _reads.Forget();
    }

    /// <summary>An operation returns: whoever has not let it take effect must do so now.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="at">The event that its return is.</param>
    /// <param name="budget">What the step may spend.</param>
    /// <param name="isPossible">Whether any configuration is left; if not, <see cref="Current"/> is as before.</param>
    /// <returns>What ran out, if anything did.</returns>
    public SearchEnd? Return(int operation, int at, Budget budget, out bool isPossible)
    {
        isPossible = false;
        if (Advance(operation, at, budget) is SearchEnd spent) return spent;
        if (_steps is { IsDueForCleanUp: true }) _steps.KeepOnlyPathsTo(_next.Alive == 0 ? _current : _next);
        isPossible = _next.Alive > 0;
        if (!isPossible) return null;
        (_current, _next) = (_next, _current);
        _slots.Release(operation);
        ReleaseSpent();
        _reads.Forget();
        return null;
    }

    /// <summary>An operation of unknown end that has taken effect in all configurations can do nothing more in any.</summary>
    private void ReleaseSpent()
    {
        for (int w = 0; w < _slots.Words; w++)
        {
            ulong spent = _slots.Unknowns[w];
            for (int i = 0; i < _current.Count && spent != 0; i++)
            {
                if (_current.IsAlive(i)) spent &= _current.Done(i)[w];
            }

            for (; spent != 0; spent &= spent - 1)
            {
                int slot = (w << 6) + BitOperations.TrailingZeroCount(spent);
                _current.Forget(slot);
                _slots.Release(_slots.OperationIn(slot));
            }
        }
    }

    /// <summary>
    /// The time is up in which an operation of unknown outcome may have taken effect: whoever has not let it do so never will.
    /// </summary>
    /// <returns>What ran out, if anything did.</returns>
    public SearchEnd? Expire(int operation, int at, Budget budget)
    {
        int slot = _slots.SlotOf(operation);
        if (slot < 0) return null; // It has taken effect in all configurations, and is forgotten.
        if (Advance(operation, at, budget) is SearchEnd spent) return spent;
        for (int i = 0; i < _current.Count; i++)
        {
            if (!_current.IsAlive(i)) continue;
            _current.Done(i).CopyTo(_done);
            _done[slot >> 6] &= ~(1UL << slot);
            _next.Add(_current.State(i), _done, _current.Hidden(i), _current.Node(i));
        }

        if (_next.Alive > _width) Narrow();
        (_current, _next) = (_next, _current);
        _slots.Release(operation);
        _reads.Forget();
        return null;
    }

    private SearchEnd? Advance(int operation, int at, Budget budget)
    {
        if (budget.SpendStep() is SearchEnd noTimeLeft) return noTimeLeft;
        _next.Clear();
        _reached.Clear();
        foreach (List<int> level in _toFollow) level.Clear();
        int slot = _slots.SlotOf(operation);
        for (int i = 0; i < _current.Count; i++)
        {
            if (!_current.IsAlive(i)) continue;
            Span<ulong> done = _current.Done(i);
            _reads.AddTo(done, _current.State(i));
            Keep(_current.State(i), done, _current.Hidden(i), _current.Node(i), slot, wasHidden: false, seenByNobody: false);
        }

        if (Follow(slot, at, budget) is SearchEnd spent) return spent;
        for (int i = 0; i < _next.Count; i++) _next.LetGoIfStoodFor(i);
        if (_next.Alive > _width) Narrow();
        return null;
    }

    /// <summary>
    /// Follows what was reached. What has used up fewer operations of unknown end comes first: it may stand for some of
    /// the others, which then need not be followed.
    /// </summary>
    private SearchEnd? Follow(int slot, int at, Budget budget)
    {
        for (int used = 0; used < _toFollow.Count; used++)
        {
            for (int n = 0; n < _toFollow[used].Count; n++)
            {
                int i = _toFollow[used][n];
                if (_reached.LetGoIfStoodFor(i)) continue;
                if (budget.SpendStep() is SearchEnd outOfTime) return outOfTime;
                if (budget.SpendState() is SearchEnd outOfStates) return outOfStates;
                if (SizeBytes > budget.MemoryBytes) return SearchEnd.OutOfMemory;
                if (_reached.Alive + _next.Alive > (long)_width * ReachPerWidth)
                {
                    HasDropped = true;
                    return null;
                }

                Advance(i, slot, at);
            }
        }

        return null;
    }

    /// <summary>
    /// Keeps a configuration for the next event if the returning operation has taken effect in it, and for more steps
    /// unless it has done so to be seen: one that is hidden has its last chance to be seen now. Where it was hidden
    /// before the last step already, that step may as well come later.
    /// </summary>
    private bool Keep(
        int state, ReadOnlySpan<ulong> done, ReadOnlySpan<ulong> hidden, int node, int slot, bool wasHidden, bool seenByNobody)
    {
        int word = slot >> 6;
        ulong bit = 1UL << slot;
        bool isDone = (done[word] & bit) != 0;
        bool isKept = !isDone && Reach(state, done, hidden, node, seenByNobody);
        if (!isDone && (wasHidden || (hidden[word] & bit) == 0)) return isKept;
        done.CopyTo(_done);
        hidden.CopyTo(_hidden);
        _done[word] &= ~bit;
        _hidden[word] &= ~bit;
        return _next.Add(state, _done, _hidden, node) || isKept;
    }

    private bool Reach(int state, ReadOnlySpan<ulong> done, ReadOnlySpan<ulong> hidden, int node, bool seenByNobody)
    {
        if (!_reached.Add(state, done, hidden, node, seenByNobody)) return false;
        int index = _reached.Count - 1;
        int used = _reached.UsedUnknowns(index);
        while (_toFollow.Count <= used) _toFollow.Add([]);
        _toFollow[used].Add(index);
        return true;
    }

    /// <summary>Lets one more operation take effect, each that may.</summary>
    private void Advance(int from, int returning, int at)
    {
        for (int w = 0; w < _slots.Words; w++)
        {
            ulong open = (_slots.Overwrites[w] | _slots.Others[w] | _slots.Unknowns[w]) & ~_reached.Done(from)[w];
            for (; open != 0 && _reached.IsAlive(from); open &= open - 1) Step(from, (w << 6) + BitOperations.TrailingZeroCount(open), returning, at);
        }
    }

    private void Step(int from, int slot, int returning, int at)
    {
        ReadOnlySpan<ulong> twins = _slots.TwinsBefore(slot);
        Span<ulong> done = _reached.Done(from);
        for (int w = 0; w < twins.Length; w++)
        {
            if ((twins[w] & ~done[w]) != 0) return;
        }

        int operation = _slots.OperationIn(slot);
        int state = _reached.State(from);
        // To overwrite what nobody has seen: the same as not to write that first, but to leave it hidden.
        if (_input.Overwrites(operation) && _reached.IsUnseen(from)) return;
        int next = _table.Next(state, _input.Class(operation));
        bool isIdle = next == state && _input.Kind(operation) == EffectKind.Unknown;
        if (next == StateTable.Impossible || (isIdle && !(OperationsExpire && _input.Overwrites(operation)))) return;

        Span<ulong> doneAfter = stackalloc ulong[_slots.Words];
        Span<ulong> hiddenAfter = stackalloc ulong[_slots.Words];
        done.CopyTo(doneAfter);
        _reached.Hidden(from).CopyTo(hiddenAfter);
        doneAfter[slot >> 6] |= 1UL << slot;
        if (_input.Overwrites(operation))
        {
            for (int w = 0; w < doneAfter.Length; w++) hiddenAfter[w] |= _slots.Overwrites[w] & ~doneAfter[w];
        }

        bool wasHidden = (_reached.Hidden(from)[returning >> 6] & (1UL << returning)) != 0;
        hiddenAfter[slot >> 6] &= ~(1UL << slot);
        bool seenByNobody = _input.Overwrites(operation) && !_reads.AddTo(doneAfter, next);
        if (!_input.Overwrites(operation)) _reads.AddTo(doneAfter, next);
        // The step is noted only if it led to something new.
        if (Keep(next, doneAfter, hiddenAfter, _steps?.Count ?? StepTree.Root, returning, wasHidden, seenByNobody))
            _steps?.Add(_reached.Node(from), operation, at);
    }

    /// <summary>Keeps those that seem most able to go on: with the most done or hidden, and the fewest unknown ones used up.</summary>
    private void Narrow()
    {
        HasDropped = true;
        var scored = new List<(int Score, int Index)>(_next.Alive);
        for (int i = 0; i < _next.Count; i++)
        {
            if (_next.IsAlive(i)) scored.Add((Score(i), i));
        }

        scored.Sort();
        _reached.Clear();
        for (int i = 0; i < _width; i++)
        {
            int index = scored[i].Index;
            _reached.Add(_next.State(index), _next.Done(index), _next.Hidden(index), _next.Node(index));
        }

        _next.Clear();
        for (int i = 0; i < _reached.Count; i++) _next.Add(_reached.State(i), _reached.Done(i), _reached.Hidden(i), _reached.Node(i));
    }

    private int Score(int index)
    {
        int score = 0;
        for (int w = 0; w < _slots.Words; w++)
        {
            score += BitOperations.PopCount(_next.Done(index)[w] & _slots.Unknowns[w]);
            score -= BitOperations.PopCount((_next.Done(index)[w] & ~_slots.Unknowns[w]) | _next.Hidden(index)[w]);
        }

        return score;
    }
}
