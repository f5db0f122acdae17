namespace RaftCheck.Linearizability;

/// <summary>
/// Finds, among operations that are not linearizable, some that are not either, but are when any one of them is left out
/// as if it had never been called. For one thread.
/// </summary>
internal sealed class LiteralCoreFinder(string? part, Model model, NilRead nilReads, ExplainBudget budget)
{
    private const int Share = 8;

    private readonly PartJudge _judge = new(model, nilReads);

    /// <summary>Whether it is known that no operation can be left out.</summary>
    public bool IsMinimal { get; private set; } = true;

    /// <summary>The operations that stay.</summary>
    public List<JudgedOperation> Find(IReadOnlyList<JudgedOperation> operations)
    {
        List<JudgedOperation> kept = [.. operations];
        // Leaving out a write can make another one needed that was not before: so until a whole round changes nothing.
        for (int unchanged = 0, at = 0; unchanged < kept.Count; at++)
        {
            if (at >= kept.Count) at = 0;
            List<JudgedOperation> rest = [.. kept];
            rest.RemoveAt(at);
            SearchEnd end = Judge(rest);
            if (end == SearchEnd.Exhausted)
            {
                kept = rest;
                unchanged = 0;
                at--;
                IsMinimal = true;
                continue;
            }

            IsMinimal &= end == SearchEnd.Found;
            unchanged++;
        }

        return kept;
    }

    private SearchEnd Judge(List<JudgedOperation> operations)
    {
        if (budget.IsSpent) return SearchEnd.OutOfStates;
        var sub = new Part(part);
        sub.Operations.AddRange(operations);
        return budget.Spend(Share, each => _judge.Judge(sub, each).End);
    }
}
