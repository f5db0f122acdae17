namespace RaftCheck.Linearizability;

/// <summary>
/// Decides whether a history is linearizable: whether its operations can be put in one order, in which each takes
/// effect between its call and its return, that a sequential model explains.
/// </summary>
public static class LinearizabilityChecker
{
    // A thread costs more than judging as many operations as this.
    private const int OperationsWorthAThread = 4096;

    /// <summary>Checks a history against a model. Pure, so safe to call from any number of threads.</summary>
    /// <param name="history">What the clients saw.</param>
    /// <param name="model">What the system should do.</param>
    /// <param name="options">Limits and readings; <see cref="CheckOptions.Default"/> when <see langword="null"/>.</param>
    /// <param name="ct">Gives the check up.</param>
    /// <exception cref="HistoryFormatException">An operation of the history is not one of the model's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static CheckResult Check(History history, Model model, CheckOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(model);
        options ??= CheckOptions.Default;
        options.Validate();

        model = model.For(history);
        var deadline = Deadline.Of(options, ct);
        List<Part> parts;
        try
        {
            parts = Part.Split(history, model, options.CasFail, new Budget(long.MaxValue, long.MaxValue, deadline));
        }
        catch (SpentException)
        {
            return Results.NotBegun(options);
        }

        return Check(parts, model, history.NilReads, options, deadline);
    }

    private static CheckResult Check(List<Part> parts, Model model, NilRead nilReads, CheckOptions options, Deadline deadline)
    {
        LogOrder? logOrder = LogWitness.Examine(parts, model);
        int threads = Math.Min(options.Parallelism, parts.Count);
        Judgement?[] judged = threads > 1 && parts.Sum(static part => part.Operations.Count) >= OperationsWorthAThread
            ? ParallelJudges.Judge(parts, model, nilReads, options, threads, deadline)
            : new Judgement?[parts.Count];

        var judge = new PartJudge(model, nilReads);
        var tally = new Tally(model, options, parts.Count, logOrder ?? (parts.Exists(static part => part.LogStarts is not null) ? Results.LogExplains : null));
        for (int i = 0; i < parts.Count; i++)
        {
            Judgement judgement = judged[i] ?? judge.Judge(parts[i], new Budget(
                tally.StatesLeft, options.MemoryLimitBytes ?? long.MaxValue, deadline));
            judged[i] = null;
            if (tally.Add(judgement) is CheckResult result) return result;
        }

        return tally.Finish();
    }
}
