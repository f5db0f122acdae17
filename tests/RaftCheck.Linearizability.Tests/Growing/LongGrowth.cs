namespace RaftCheck.Linearizability.Tests;

/// <summary>Long histories of sets and lists, whose states the general search would copy at each step.</summary>
internal static class LongGrowth
{
    private static readonly CheckOptions Limits = new() { MaxStates = 1000, MemoryLimitBytes = 1L << 30 };

    /// <summary>
    /// A history, with a read of everything behind it, is found to be linearizable; it is not, once an element is missing
    /// from that read that was certainly there.
    /// </summary>
    public static void AssertJudged(string modelName, string monitor, History history)
    {
        Model model = Linearizability.Models.Find(modelName);
        (History good, History broken, Operation lost) = WithLastRead(history);
        CheckResult result = LinearizabilityChecker.Check(good, model, Limits);
        Assert.True(result.Verdict == Verdict.Linearizable, result.Explanation);
        Assert.Equal([monitor], result.Methods);
        Assert.Equal(0, result.StatesExplored);

        CheckResult violation = LinearizabilityChecker.Check(broken, model, Limits);
        Assert.Equal(Verdict.NotLinearizable, violation.Verdict);
        Assert.Equal([monitor], violation.Methods);
        Assert.Equal(broken.Events.Count - 1, violation.FirstNonLinearizable?.ReturnIndex);
        Assert.NotNull(violation.StateAfterPrefix);
        if (modelName != "append-list") Assert.Contains(violation.Culprits, culprit => culprit.Id == lost.Id || culprit.F == "read");
        Assert.InRange(violation.Culprits.Count, 1, 2);
    }

    /// <summary>A history with a read of everything at its end, and the same without one element that somebody has added.</summary>
    public static (History Good, History Broken, Operation Lost) WithLastRead(History history)
    {
        // What the others did not find may have come at any time; here it never did.
        var longest = history.Operations.Where(static operation => operation.F == "read" && operation.Output is not null)
            .Select(static operation => operation.Output!).MaxBy(static output => output.Items.Length) ?? Value.List();
        List<Value> all = [.. longest.Items.ToArray().Distinct()];
        var isIn = all.ToHashSet();
        foreach (Operation operation in history.Operations.OrderBy(static operation => operation.ReturnIndex ?? int.MaxValue))
        {
            bool isCertain = operation.F is "add" or "append" && operation.Completion == Completion.Ok;
            isCertain |= operation.F == "contains" && operation.Output == Value.True;
            if (isCertain && isIn.Add(operation.Input)) all.Add(operation.Input);
        }

        Operation lost = history.Operations.Last(static operation => operation.F is "add" or "append" && operation.Completion == Completion.Ok);
        History With(IEnumerable<Value> items) => History.FromEvents([
            .. history.Events,
            new(history.Events.Count, EventType.Invoke, 1_000_000, "read", null, Value.Nil, -1, null),
            new(history.Events.Count + 1, EventType.Ok, 1_000_000, "read", null, Value.List([.. items]), -1, null)]);
        return (With(all), With(all.Where(item => !item.Equals(lost.Input))), lost);
    }
}
