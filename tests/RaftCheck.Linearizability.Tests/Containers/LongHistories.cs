namespace RaftCheck.Linearizability.Tests;

/// <summary>Long histories of containers, which the general search would need minutes for.</summary>
internal static class LongHistories
{
    private static readonly (int Operations, int Processes, int InfosOneIn, int PutsPercent)[] Shapes =
        [(200, 5, 10, 50), (200, 5, 10, 65), (2000, 8, 40, 50), (2000, 8, 40, 60), (2000, 20, 5, 50), (2000, 20, 20, 45)];

    private static readonly CheckOptions Limits = new() { MaxStates = 1_000_000, MemoryLimitBytes = 1L << 29 };

    /// <summary>How many of some hundreds of histories of all shapes, half of them wrong somewhere, a monitor leaves to others.</summary>
    public static (int Left, int Judged) CountLeft(string modelName, IFastPath monitor)
    {
        Model model = Linearizability.Models.Find(modelName);
        var script = new ContainerScript(modelName);
        (int Left, int Judged) count = default;
        foreach ((int operations, int processes, int infosOneIn, int putsPercent) in Shapes)
        {
            for (int seed = 0; seed < 60; seed++)
            {
                History history = script.Random(new Random(seed), operations, processes, seed % 2 * operations / 3, infosOneIn, putsPercent);
                Part part = Part.Split(history, model, CasFail.DidNotTakeEffect).Single();
                bool isJudged = monitor.Judge(part, model, history.NilReads, new Budget(long.MaxValue, long.MaxValue, new Deadline(null, default))) is not null;
                count = isJudged ? (count.Left, count.Judged + 1) : (count.Left + 1, count.Judged);
            }
        }

        return count;
    }

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
