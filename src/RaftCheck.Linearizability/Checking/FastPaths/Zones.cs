namespace RaftCheck.Linearizability;

/// <summary>
/// Registers whose written values all differ, in near-linear time: Gibbons and Korach's zones ("Testing Shared
/// Memories", 1997), widened to <c>cas</c>. Everything that finds or leaves one value belongs together, and so does a
/// chain of values that were swapped one for the other: such a block of operations must follow one another without a
/// foreign write in between.
/// </summary>
internal sealed class Zones : IFastPath
{
    /// <inheritdoc/>
    public string Name => "zones";

    /// <inheritdoc/>
    public FastVerdict? Judge(Part part, Model model, NilRead nilReads, Budget budget)
    {
        if (model is not IRegisterLike register) return null;
        ZoneHistory? history = ZoneHistory.TryBuild(part, register, model.Initial, nilReads, budget);
        if (history is null) return null;

        var check = new ZoneCheck(history);
        int everything = history.Returns.Length;
        if (budget.Look() is SearchEnd spent) return FastVerdict.Undecided(spent);
        if (check.Holds(everything))
        {
            int[]? order = new ZoneOrder(history, check).Place();
            return order is null ? null : FastVerdict.Linearizable(order);
        }

        // A cas that was seen to mismatch may have failed to fit even earlier, which zones cannot tell.
        return history.HasMismatches ? null : FirstViolation(history, check, budget);
    }

    /// <summary>
    /// A prefix of a linearizable history is linearizable, so the first return that breaks it is found by halving.
    /// </summary>
    private static FastVerdict FirstViolation(ZoneHistory history, ZoneCheck check, Budget budget)
    {
        int holds = 0;
        int broken = history.Returns.Length;
        while (broken - holds > 1)
        {
            if (budget.Look() is SearchEnd spent) return FastVerdict.Undecided(spent);
            int middle = holds + ((broken - holds) / 2);
            if (check.Holds(middle)) holds = middle;
            else broken = middle;
        }

        check.Holds(broken);
        int[] culprits = [.. check.Culprits.Where(static culprit => culprit >= 0).Distinct().Order()];
        check.Holds(holds);
        int[] prefix = new ZoneOrder(history, check).Place() ?? [];
        return FastVerdict.NotLinearizable(culprits, history.Returns[broken - 1], prefix);
    }
}
