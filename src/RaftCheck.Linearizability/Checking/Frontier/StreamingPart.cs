namespace RaftCheck.Linearizability;

/// <summary>The operations of one part of a history that is still growing, and the frontier of what they leave possible. For one thread.</summary>
internal sealed class StreamingPart
{
    // So many are needed by no history that a run makes, and a violation is worth finding late rather than never.
    private const int Width = 1 << 14;

    private readonly Model _model;
    private readonly FrontierInput _input;
    private readonly StateTable _table;
    private readonly List<int> _events = [];
    private readonly Dictionary<int, Moment> _pending = [];
    private readonly Stack<Moment> _unused = [];
    private Slots _slots;
    private Frontier _frontier;
    private int _returned;

    // The frontier has still to learn what has happened since this moment; null if it knows everything.
    private Moment? _behindSince;

    /// <summary>A part in which nothing has happened yet.</summary>
    public StreamingPart(Model model, NilRead nilReads)
    {
        _model = model;
        _input = new FrontierInput(model, nilReads);
        _table = new StateTable(model);
        _slots = new Slots(_input, 1);
        _frontier = Begin();
    }

    /// <summary>An operation is called.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="outcome">What it may do until it returns; <see langword="null"/> for nothing.</param>
    /// <param name="budget">What this may spend.</param>
    /// <param name="number">Its number in this part.</param>
    public Verdict Call(Operation operation, CallOutcome? outcome, Budget budget, out int number)
    {
        number = _input.Count;
        _input.Add(operation, outcome, FrontierInput.NeverReturns);
        LearnCalls();
        _events.Add(number);
        Moment moment = NewMoment();
        moment.At = _events.Count - 1;
        _pending.Add(number, moment);
        return _behindSince is null ? Play(_events.Count - 1, budget) : Verdict.Linearizable;
    }

    /// <summary>An operation returns, with a result or not.</summary>
    /// <param name="number">What <see cref="Call"/> has returned.</param>
    /// <param name="operation">The operation, as it is known now.</param>
    /// <param name="outcome">How it ended; <see langword="null"/> if it did not take effect, or nothing can be known of it.</param>
    /// <param name="budget">What this may spend.</param>
    public Verdict Return(int number, Operation operation, CallOutcome? outcome, Budget budget)
    {
        _pending.Remove(number, out Moment? called);
        if (outcome is CallOutcome.Unknown || (outcome is null && _input.Kind(number) == EffectKind.Nothing))
        {
            Discard(called!);
            return Verdict.Linearizable;
        }

        _input.Change(number, operation, outcome, outcome is null ? FrontierInput.NeverReturns : _returned++);
        LearnCalls();
        if (outcome is not null) _events.Add(~number);
        FallBehind(called!);

        // What is possible in every state may have been left for the last moment: its return breaks nothing.
        return _input.Kind(number) == EffectKind.Overwrite ? Verdict.Linearizable : CatchUp(budget);
    }

    private void FallBehind(Moment since)
    {
        // A moment later than that is not up to date.
        Moment? later = _behindSince;
        if (later is null || since.At < later.At) _behindSince = since;
        else later = since;
        if (later is not null) Discard(later);
    }

    private Verdict CatchUp(Budget budget)
    {
        Moment since = _behindSince!;
        _behindSince = null;
        _frontier.GoBackTo(since.Configurations, since.Slots);
        Verdict verdict = Play(since.At, budget);
        Discard(since);
        return verdict;
    }

    private Frontier Begin()
    {
        var frontier = new Frontier(_input, _table, _slots, steps: null);
        frontier.Start(_table.Reset(_input.Calls), Width);
        return frontier;
    }

    /// <summary>Plays the events from one of them to the last.</summary>
    private Verdict Play(int from, Budget budget)
    {
        for (int at = from; at < _events.Count; at++)
        {
            if (_events[at] >= 0)
            {
                // With other slots it starts from the beginning, and goes on from here with the next event.
                if (!_slots.HasRoom) at = StartWithMoreSlots();
                else PlayCall(at);
                continue;
            }

            if (_frontier.Return(~_events[at], at, budget, out bool isPossible) is not null) return Verdict.Undecided;
            if (!isPossible) return _frontier.HasDropped ? Verdict.Undecided : Verdict.NotLinearizable;
        }

        return Verdict.Linearizable;
    }

    private void PlayCall(int at)
    {
        int operation = _events[at];
        if (_pending.TryGetValue(operation, out Moment? moment))
        {
            moment.At = at;
            moment.Slots.CopyFrom(_slots);
            moment.Configurations.CopyFrom(_frontier.Current);
        }

        if (_input.Kind(operation) != EffectKind.Nothing) _frontier.Call(operation);
    }

    private int StartWithMoreSlots()
    {
        _slots = new Slots(_input, 64 * _slots.Words + 64);
        _unused.Clear();
        foreach (int operation in _pending.Keys.ToArray()) _pending[operation] = NewMoment();
        _frontier = Begin();
        return -1;
    }

    private void LearnCalls()
    {
        // A few more than there are now, so that not every new call costs all that is remembered.
        ReadOnlySpan<Call> calls = _input.Calls;
        int last = calls.Length - 1;
        if (last >= 0 && !_table.TryAddCall(last, calls[last])) _table.SetCalls(calls, Math.Max(16, 2 * calls.Length));
    }

    private Moment NewMoment() => _unused.TryPop(out Moment? unused) ? unused : new Moment(_input, _slots.Words);

    private void Discard(Moment moment)
    {
        if (moment.Slots.Words == _slots.Words) _unused.Push(moment);
    }

    /// <summary>All that there was just before an operation was called.</summary>
    private sealed class Moment
    {
        public Moment(FrontierInput input, int words)
        {
            Slots = new Slots(input, 64 * words);
            Configurations = new FrontierSet(Slots);
        }

        public int At { get; set; }

        public Slots Slots { get; }

        public FrontierSet Configurations { get; }
    }
}
