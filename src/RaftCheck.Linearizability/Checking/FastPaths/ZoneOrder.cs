namespace RaftCheck.Linearizability;

/// <summary>
/// Writes down the order that a check of zones has found: block after block, in each the values in their chain, of each
/// value its write and then its reads. What neither writes nor finds anything goes in between. For one thread.
/// </summary>
internal sealed class ZoneOrder(ZoneHistory history, ZoneCheck check)
{
    private readonly List<int> _order = new(history.Kinds.Length);

    // The value that the register holds before each place of the order, and behind the last.
    private readonly List<int> _held = new(history.Kinds.Length + 1);

    /// <summary>
    /// The order; <see langword="null"/> if some <c>cas</c> that was seen to mismatch fits nowhere in it. It may still
    /// fit into another order.
    /// </summary>
    public int[]? Place()
    {
        int held = ZoneHistory.Initial;
        foreach (int block in check.Blocks)
        {
            for (int value = block; value != ZoneHistory.None; value = check.SwappedTo(value)) held = PlaceValue(value, held);
        }

        _held.Add(held);
        return history.HasMismatches || history.HasIdlers ? WithLoose() : [.. _order];
    }

    private int PlaceValue(int value, int held)
    {
        ZoneHistory.ValueUse use = history.Values[value];
        if (value != ZoneHistory.Initial) Add(use.Writer, held);
        for (int reader = use.FirstReader; reader != ZoneHistory.None; reader = history.NextReader[reader])
        {
            if (check.IsDone(reader)) Add(reader, value);
        }

        return value;
    }

    private void Add(int operation, int held)
    {
        _order.Add(operation);
        _held.Add(held);
    }

    /// <summary>
    /// The order with the loose operations in it, each at the first place where it may be: behind all that had returned
    /// before its call, loose or not, and where the register does not hold the value that it did not find.
    /// </summary>
    private int[]? WithLoose()
    {
        int[] latestCall = LatestCalls();
        int[] earliestReturn = EarliestReturns();
        int[] nextChange = NextChanges();
        int[] loose = [.. Enumerable.Range(0, history.Kinds.Length).Where(IsLoose)];
        int[] byReturn = [.. loose.OrderBy(operation => history.ReturnsAt[operation])];
        var places = new int[history.Kinds.Length];
        int place = 0;
        int returned = 0;
        foreach (int operation in loose)
        {
            int called = history.Invokes[operation];
            for (; history.ReturnsAt[byReturn[returned]] < called; returned++) place = Math.Max(place, places[byReturn[returned]]);
            while (earliestReturn[place] < called) place++;
            int at = Fits(operation, place) ? place : nextChange[place];
            if (at < 0 || latestCall[at] > history.ReturnsAt[operation]) return null;
            places[operation] = at;
        }

        return Merge(loose, places);
    }

    private bool IsLoose(int operation) =>
        history.Kinds[operation] is RegisterCallKind.Nothing or RegisterCallKind.Mismatch && check.IsDone(operation);

    private bool Fits(int operation, int place) =>
        history.Kinds[operation] == RegisterCallKind.Nothing || history.Found[operation] != _held[place];

    /// <summary>For each place, the last call among the operations before it.</summary>
    private int[] LatestCalls()
    {
        var latest = new int[_order.Count + 1];
        latest[0] = -1;
        for (int i = 0; i < _order.Count; i++) latest[i + 1] = Math.Max(latest[i], history.Invokes[_order[i]]);
        return latest;
    }

    /// <summary>For each place, the first return among the operations behind it.</summary>
    private int[] EarliestReturns()
    {
        var earliest = new int[_order.Count + 1];
        earliest[^1] = int.MaxValue;
        for (int i = _order.Count - 1; i >= 0; i--)
        {
            int returnsAt = check.IsDone(_order[i]) ? history.ReturnsAt[_order[i]] : int.MaxValue;
            earliest[i] = Math.Min(earliest[i + 1], returnsAt);
        }

        return earliest;
    }

    /// <summary>For each place, the next one where the register holds another value; -1 if there is none.</summary>
    private int[] NextChanges()
    {
        var next = new int[_order.Count + 1];
        next[^1] = -1;
        for (int i = _order.Count - 1; i >= 0; i--) next[i] = _held[i] == _held[i + 1] ? next[i + 1] : i + 1;
        return next;
    }

    private int[] Merge(int[] loose, int[] places)
    {
        var merged = new int[_order.Count + loose.Length];
        int next = 0;
        int placed = 0;
        // Those of one place in the order of their calls: OrderBy is stable.
        int[] byPlace = [.. loose.OrderBy(operation => places[operation])];
        for (int i = 0; i <= _order.Count; i++)
        {
            for (; placed < byPlace.Length && places[byPlace[placed]] == i; placed++) merged[next++] = byPlace[placed];
            if (i < _order.Count) merged[next++] = _order[i];
        }

        return merged;
    }
}
