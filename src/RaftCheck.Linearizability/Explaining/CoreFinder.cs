namespace RaftCheck.Linearizability;

/// <summary>
/// Finds a smallest set of operations that contradict one another (see <see cref="MustJudge"/>). It looks at few of them
/// first, those that a fast path suspects and those that returned last, and then leaves out what it can. For one thread.
/// </summary>
/// <param name="part">The operations, as they were known when the last of them returned.</param>
/// <param name="model">Their model.</param>
/// <param name="nilReads">What a read of nil says.</param>
/// <param name="budget">What the search may spend.</param>
internal sealed class CoreFinder(Part part, Model model, NilRead nilReads, ExplainBudget budget)
{
    private const int FirstWindow = 4;

    // One judgement that goes astray must leave something for the others.
    private const int Share = 8;

    private readonly MustJudge _judge = new(part, model, nilReads);

    /// <summary>Whether leaving out any one operation leaves no contradiction, for all that is known.</summary>
    public bool IsMinimal { get; private set; } = true;

    /// <summary>The positions of a set that contradicts itself.</summary>
    /// <param name="suspects">Positions of operations that are worth a first look.</param>
    public int[] Find(IReadOnlyList<int> suspects)
    {
        int[] returns = part.CompletedByReturn();
        int[] kept = Start(returns, suspects);
        return Shrink(kept, Preference(returns));
    }

    private int[] Start(int[] returns, IReadOnlyList<int> suspects)
    {
        if (returns.Length == 0) return [];
        int[] suspected = [.. suspects.Append(returns[^1]).Where(position => part.Operations[position].IsCompleted).Distinct()];
        if (suspected.Length > 1 && Contradict(suspected) == true) return suspected;
        for (int window = FirstWindow; window < returns.Length; window *= 4)
        {
            int[] last = returns[^window..];
            if (Contradict(last) == true) return last;
        }

        // That all of them together contradict one another is why there is something to explain.
        return returns;
    }

    /// <summary>What goes first when it can go: reads before writes, and what is long ago before what is recent.</summary>
    private Dictionary<int, int> Preference(int[] returns)
    {
        var rank = new Dictionary<int, int>();
        for (int i = 0; i < returns.Length; i++) rank.Add(returns[i], SaysOnly(returns[i]) ? i : returns.Length + i);
        return rank;
    }

    private bool SaysOnly(int position) =>
        part.Operations[position].Outcome == CallOutcome.Mismatched || model.IsRead(part.Operations[position].Operation);

    private int[] Shrink(int[] start, Dictionary<int, int> preference)
    {
        var kept = start.OrderBy(position => preference[position]).ToList();
        int size = Math.Max(1, kept.Count / 2);
        for (int at = 0; at < kept.Count;)
        {
            size = Math.Min(size, kept.Count - at);
            int[] rest = [.. kept.Take(at), .. kept.Skip(at + size)];
            bool? contradict = rest.Length == 0 ? false : Contradict(rest);
            if (contradict == true)
            {
                kept.RemoveRange(at, size);
                size *= 2;
            }
            else if (size > 1)
            {
                size = Math.Max(1, size / 4);
            }
            else
            {
                // If nobody knows, it stays; and nobody knows whether it had to.
                IsMinimal &= contradict is not null;
                at++;
            }
        }

        kept.Sort();
        return [.. kept];
    }

    private bool? Contradict(int[] positions)
    {
        if (budget.IsSpent) return null;
        var isKept = new bool[part.Operations.Count];
        foreach (int position in positions) isKept[position] = true;
        return budget.Spend(Share, each => _judge.Contradict(isKept, each));
    }
}
