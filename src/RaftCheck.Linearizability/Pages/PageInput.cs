namespace RaftCheck.Linearizability;

/// <summary>What a page is made from.</summary>
/// <param name="History">The history.</param>
/// <param name="Model">The model, already made to fit the history (<see cref="Model.For"/>), so that its parts are those that were judged.</param>
/// <param name="Result">The verdict.</param>
/// <param name="Extras">What else is known.</param>
internal sealed record PageInput(History History, Model Model, CheckResult Result, HistoryPageExtras Extras)
{
    /// <summary>Whether a minimal core is known, and not only where the contradiction shows.</summary>
    public bool HasCore => Extras.Core.Count > 0;

    /// <summary>The operations to highlight, in the order of their calls.</summary>
    public IReadOnlyList<Operation> Highlighted { get; } = Highlight(Result, Extras);

    /// <summary>The orders that the verdict rests on: those of a pass, or the longest that was found.</summary>
    public IReadOnlyList<Linearization> Orders { get; } = Result.Verdict == Verdict.Linearizable || Result.LongestPrefix.Count == 0
        ? Result.Linearization
        : [new Linearization(Result.Partition, Result.LongestPrefix)];

    private static Operation[] Highlight(CheckResult result, HistoryPageExtras extras)
    {
        IEnumerable<Operation> chosen = extras.Core.Count > 0 ? extras.Core : result.Culprits;
        if (extras.Core.Count == 0 && result.FirstNonLinearizable is Operation blocked) chosen = chosen.Append(blocked);
        return [.. chosen.DistinctBy(static operation => operation.Id).OrderBy(static operation => operation.Id)];
    }
}
