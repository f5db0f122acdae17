namespace RaftCheck.Linearizability;

/// <summary>
/// Writes down an order from the steps of a frontier: it plays the history again, puts reads where they first fit, and
/// what was hidden just before what hid it. For one thread.
/// </summary>
internal sealed class FrontierOrder(FrontierInput input, int[] events, StateTable table)
{
    private readonly HashSet<int> _stepped = [];
    private readonly List<int> _pendingReads = [];
    private readonly List<int> _pendingOverwrites = [];

    /// <summary>The order.</summary>
    public List<int> Operations { get; } = new(input.Count);

    /// <summary>The state after it.</summary>
    public int State { get; private set; }

    /// <summary>Plays the events before one of them.</summary>
    /// <param name="path">The operations that take effect visibly, and the event just before which each does.</param>
    /// <param name="until">The event.</param>
    /// <param name="blocked">An operation that must not take effect; -1 if there is none.</param>
    public void Play(List<(int Operation, int At)> path, int until, int blocked)
    {
        foreach ((int operation, _) in path) _stepped.Add(operation);
        int step = 0;
        for (int at = 0; at <= until; at++)
        {
            for (; step < path.Count && path[step].At == at; step++) TakeStep(path[step].Operation);
            if (at < until && events[at] >= 0 && events[at] != blocked) Call(events[at]);
        }
    }

    private void Call(int operation)
    {
        if (input.Kind(operation) == EffectKind.Overwrite && !_stepped.Contains(operation)) _pendingOverwrites.Add(operation);
        if (input.Kind(operation) != EffectKind.Read) return;
        if (Fits(operation)) Operations.Add(operation);
        else _pendingReads.Add(operation);
    }

    private void TakeStep(int operation)
    {
        if (input.Overwrites(operation))
        {
            // Whatever state they would leave behind, nobody sees it.
            Operations.AddRange(_pendingOverwrites);
            _pendingOverwrites.Clear();
        }

        State = table.Next(State, input.Class(operation));
        Operations.Add(operation);
        for (int i = 0; i < _pendingReads.Count; i++)
        {
            if (!Fits(_pendingReads[i])) continue;
            Operations.Add(_pendingReads[i]);
            _pendingReads.RemoveAt(i--);
        }
    }

    private bool Fits(int operation) => table.Next(State, input.Class(operation)) != StateTable.Impossible;
}
