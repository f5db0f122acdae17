namespace RaftCheck.Linearizability;

/// <summary>
/// Finds the return at which a part stopped being linearizable. The search knows only where it got no further, which may
/// be earlier if what was pending there had a strange end later. For one thread.
/// </summary>
internal sealed class BreakingPoint(Part part, Model model, NilRead nilReads, ExplainBudget budget)
{
    private const int Share = 4;

    private readonly PartJudge _judge = new(model, nilReads);
    private readonly int[] _returns = part.CompletedByReturn();

    /// <summary>
    /// What was known at that return, whose it was, and what was known just before; all of the part and nothing else, if
    /// that cannot be found out.
    /// </summary>
    /// <param name="suspect">The operation whose return it probably was.</param>
    public (Part Known, Operation? Breaking, Part? Before) Find(Operation? suspect)
    {
        int holds = 0;
        int broken = _returns.Length;
        int suspected = Array.FindIndex(_returns, position => part.Operations[position].Operation.Id == suspect?.Id) + 1;
        // Where the search got no further, it had explained all that was before.
        if (suspected > 0)
        {
            if (Judge(suspected) is not bool isBroken) return (part, null, null);
            if (isBroken) return At(suspected);
            holds = suspected;
        }

        // Every prefix of a linearizable history is linearizable.
        while (broken - holds > 1)
        {
            int middle = holds + ((broken - holds) / 2);
            if (Judge(middle) is not bool isBroken) return (part, null, null);
            if (isBroken) broken = middle;
            else holds = middle;
        }

        return At(broken);
    }

    private (Part Known, Operation? Breaking, Part? Before) At(int count) =>
        (part.Prefix(_returns, count, model), part.Operations[_returns[count - 1]].Operation, part.Prefix(_returns, count - 1, model));

    private bool? Judge(int count)
    {
        if (budget.IsSpent) return null;
        return budget.Spend(Share, each => _judge.Judge(part.Prefix(_returns, count, model), each).End) switch
        {
            SearchEnd.Exhausted => true,
            SearchEnd.Found => false,
            _ => null,
        };
    }
}
