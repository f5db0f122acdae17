namespace RaftCheck.Linearizability.Tests;

/// <summary>Long histories of containers, which the general search would need minutes for.</summary>
internal static class LongHistories
{
    private static readonly CheckOptions Limits = new() { MaxStates = 1_000_000, MemoryLimitBytes = 1L << 29 };

    /// <summary>
    /// A history is found to be linearizable; it is not, once the last element to come out is one that has come out before.
    /// </summary>
    public static void AssertJudged(string modelName, string monitor, History history)
    {
        Model model = Linearizability.Models.Find(modelName);
        CheckResult result = LinearizabilityChecker.Check(history, model, Limits);
        Assert.Equal(Verdict.Linearizable, result.Verdict);
        Assert.Equal([monitor], result.Methods);
        Assert.Equal(0, result.StatesExplored);

        HistoryEvent[] takes = [.. history.Events.Where(static e => e.Type == EventType.Ok && e.F is "dequeue" or "pop" or "delete-min" && !e.Value.IsNil && e.Type == EventType.Ok)];
        History broken = History.FromEvents(history.Events.Select(e => e == takes[^1] ? e with { Value = takes[0].Value } : e));
        CheckResult violation = LinearizabilityChecker.Check(broken, model, Limits);
        Assert.Equal(Verdict.NotLinearizable, violation.Verdict);
        Assert.Equal([monitor], violation.Methods);
        Assert.Equal(takes[^1].Index, violation.FirstNonLinearizable?.ReturnIndex);
        Assert.NotEmpty(violation.Culprits);
        Assert.NotNull(violation.StateAfterPrefix);
    }
}
