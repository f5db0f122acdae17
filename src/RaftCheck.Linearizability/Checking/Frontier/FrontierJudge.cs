namespace RaftCheck.Linearizability;

/// <summary>Judges a part by a frontier that passes over it once. For one thread.</summary>
internal sealed class FrontierJudge
{
    private readonly FrontierInput _input;
    private readonly int[] _events;
    private readonly StateTable _table;
    private readonly StepTree _steps = new();
    private readonly Frontier _frontier;

    /// <summary>A judge of a part's operations.</summary>
    public FrontierJudge(Part part, Model model, NilRead nilReads)
    {
        _input = new FrontierInput(model, nilReads);
        _events = FrontierInput.EventsOf(part, out int[] returning);
        var ranks = new int[part.Operations.Count];
        Array.Fill(ranks, FrontierInput.NeverReturns);
        for (int rank = 0; rank < returning.Length; rank++) ranks[returning[rank]] = rank;
        for (int i = 0; i < ranks.Length; i++) _input.Add(part.Operations[i].Operation, part.Operations[i].Outcome, ranks[i]);
        _table = new StateTable(model);
        _frontier = new Frontier(_input, _table, new Slots(_input, MostPending()), _steps);
    }

    /// <summary>How many completed operations have returned.</summary>
    public int Returned { get; private set; }

    /// <summary>The operation at whose return the frontier became empty; -1 if it did not.</summary>
    public int Blocked { get; private set; } = -1;

    /// <summary>After a run that came to an end: an order of what returned, or of what did before <see cref="Blocked"/>.</summary>
    public int[] Order { get; private set; } = [];

    /// <summary>Whether the last run has let no configuration go that might have led to an order.</summary>
    public bool HasAll => !_frontier.HasDropped;

    /// <summary>In how many configurations the system may be.</summary>
    public int Configurations => _frontier.Current.Alive;

    /// <summary>The state after <see cref="Order"/>.</summary>
    public Value StateAfter { get; private set; } = Value.Nil;

    /// <summary>Looks for an order.</summary>
    /// <param name="width">How many configurations to keep at most.</param>
    /// <param name="patience">After how many configurations it gives up all the same.</param>
    /// <param name="budget">What it may spend.</param>
    /// <returns>
    /// <see cref="SearchEnd.OutOfPatience"/> if it found none, but has let configurations go that might have led to one, or
    /// has not come to an end.
    /// </returns>
    public SearchEnd Run(int width, long patience, Budget budget)
    {
        Returned = 0;
        long before = budget.StatesExplored;
        _frontier.Start(_table.Reset(_input.Calls), width);
        for (int at = 0; at < _events.Length; at++)
        {
            if (_events[at] >= 0)
            {
                _frontier.Call(_events[at]);
                continue;
            }

            if (_frontier.Return(~_events[at], at, budget, out bool isPossible) is SearchEnd spent) return spent;
            if ((!isPossible && _frontier.HasDropped) || budget.StatesExplored - before > patience) return SearchEnd.OutOfPatience;
            if (!isPossible)
            {
                Blocked = ~_events[at];
                Explain(at);
                return SearchEnd.Exhausted;
            }

            Returned++;
        }

        Explain(_events.Length);
        return SearchEnd.Found;
    }

    /// <summary>
    /// After a run that found an order: different ones, each with the state after it, one for each configuration in which
    /// the system may be.
    /// </summary>
    /// <param name="max">How many orders to write down at most.</param>
    public List<(int[] Order, Value State)> Orders(int max)
    {
        var orders = new List<(int[] Order, Value State)>();
        for (int i = 0; i < _frontier.Current.Count && orders.Count < max; i++)
        {
            if (!_frontier.Current.IsAlive(i)) continue;
            FrontierOrder order = Play(i, _events.Length);
            if (!orders.Exists(known => known.Order.AsSpan().SequenceEqual([.. order.Operations])))
                orders.Add(([.. order.Operations], _table[order.State]));
        }

        return orders;
    }

    private int MostPending()
    {
        int pending = 0;
        int most = 0;
        foreach (int each in _events)
        {
            pending += each >= 0 ? 1 : -1;
            most = Math.Max(most, pending);
        }

        return most;
    }

    private void Explain(int until)
    {
        FrontierSet current = _frontier.Current;
        int any = 0;
        while (!current.IsAlive(any)) any++;
        FrontierOrder order = Play(any, until);
        Order = [.. order.Operations];
        StateAfter = _table[order.State];
    }

    private FrontierOrder Play(int configuration, int until)
    {
        var order = new FrontierOrder(_input, _events, _table);
        order.Play(_steps.PathTo(_frontier.Current.Node(configuration)), until, Blocked);
        return order;
    }
}
