namespace RaftCheck.Linearizability.Tests;

/// <summary>Holds a container's monitor against the general search, history by history, and counts.</summary>
internal sealed class MonitorProof(string modelName, IFastPath monitor, string initially = "[]", NilRead nilReads = NilRead.Observed)
{
    private readonly Model _model = Linearizability.Models.Find(modelName, initially);

    public int Found { get; private set; }

    public int Exhausted { get; private set; }

    /// <summary>Those that the monitor has left to others.</summary>
    public int Left { get; private set; }

    /// <summary>Those that the search cannot judge within its limits.</summary>
    public int Unproved { get; private set; }

    public int Total => Found + Exhausted + Left;

    /// <summary>The monitor and the search agree about a history, and the monitor can prove it.</summary>
    public void Compare(History history, bool checksCulprits)
    {
        Part? part = Part.Split(history, _model, CasFail.DidNotTakeEffect).SingleOrDefault();
        if (part is null) return;
        FastVerdict? verdict = monitor.Judge(part, _model, history.NilReads, Limited());
        if (verdict is null)
        {
            Left++;
            return;
        }

        SearchEnd expected = Search(part);
        if (expected is SearchEnd.OutOfStates or SearchEnd.OutOfMemory)
        {
            Unproved++;
            return;
        }

        Assert.True(expected == verdict.End, $"the search says {expected}, the monitor {verdict.End}:\n{string.Join('\n', history.Events)}");
        if (expected == SearchEnd.Found)
        {
            Found++;
            Certificate.AssertOrder(part.OperationsAt(verdict.Positions), part, _model, history.NilReads, int.MaxValue);
            return;
        }

        Exhausted++;
        Assert.NotEmpty(verdict.Positions);
        if (verdict.Blocked >= 0) AssertBreaksThere(part, verdict, history);
        if (checksCulprits) AssertContradict(part, verdict.Positions, history);
    }

    public override string ToString() => $"{Found} linearizable, {Exhausted} not, {Left} left to others, {Unproved} unproved";

    private static Budget Limited() => new(100_000, 1L << 28, new Deadline(null, default));

    private SearchEnd Search(Part part) => new Search(_model, nilReads).Run(part, Limited(), long.MaxValue);

    /// <summary>What returned before has an order, the one that the monitor names; with that return there is none.</summary>
    private void AssertBreaksThere(Part part, FastVerdict verdict, History history)
    {
        int[] returns = part.CompletedByReturn();
        int at = Array.IndexOf(returns, verdict.Blocked);
        int horizon = part.Operations[verdict.Blocked].Operation.ReturnIndex!.Value - 1;
        // The one that breaks it was pending before, and may have been needed to take something else.
        bool isNeeded = verdict.Prefix.Contains(verdict.Blocked);
        Certificate.AssertOrder(part.OperationsAt(verdict.Prefix), part, _model, history.NilReads, horizon, mayHoldNext: isNeeded);
        SearchEnd end = Search(part.Prefix(returns, at + 1, _model));
        Assert.True(end is SearchEnd.Exhausted or SearchEnd.OutOfStates, $"return {at} does not break it:\n{string.Join('\n', history.Events)}");
        if (!isNeeded) return;
        Part without = part.Prefix(returns, at, _model);
        without.Operations.RemoveAll(judged => judged.Operation == part.Operations[verdict.Blocked].Operation);
        Assert.NotEqual(SearchEnd.Found, Search(without));
    }

    /// <summary>The culprits contradict each other by themselves, whatever those of unknown end did.</summary>
    private void AssertContradict(Part part, int[] culprits, History history)
    {
        var alone = new Part(part.Name);
        for (int i = 0; i < part.Operations.Count; i++)
        {
            if (culprits.Contains(i) || !part.Operations[i].IsCompleted) alone.Operations.Add(part.Operations[i]);
        }

        Assert.True(Search(alone) is SearchEnd.Exhausted or SearchEnd.OutOfStates, $"{string.Join(' ', culprits)} are no contradiction:\n{string.Join('\n', history.Events)}");
    }
}
