namespace RaftCheck.Linearizability;

/// <summary>
/// Decides whether a history is linearizable: whether its operations can be put in one order, in which each takes
/// effect between its call and its return, that a sequential model explains.
/// </summary>
public static class LinearizabilityChecker
{
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

        List<Part> parts = Part.Split(history, model, options.CasFail);
        var budget = new Budget(options, ct);
        var search = new Search(model, history.NilReads, budget);
        var orders = new Linearization[parts.Count];
        CheckResult? undecided = null;
        for (int i = 0; i < parts.Count; i++)
        {
            Part part = parts[i];
            SearchEnd end = budget.Look() ?? search.Run(part);
            switch (end)
            {
                case SearchEnd.Found:
                    orders[i] = new Linearization(part.Name, search.Order(found: true));
                    break;
                case SearchEnd.Exhausted:
                    return Results.NotLinearizable(model, part, search, budget);
                case SearchEnd.OutOfMemory:
                    // The next part starts with its memory empty, and may yet settle the matter.
                    undecided ??= Results.Undecided(part, end, options, budget);
                    break;
                default:
                    return Results.Undecided(part, end, options, budget);
            }
        }

        return undecided is null
            ? Results.Linearizable(model, orders, budget)
            : undecided with { StatesExplored = budget.StatesExplored };
    }
}
