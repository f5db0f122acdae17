namespace RaftCheck.Linearizability;

/// <summary>
/// Judges a collection that only grows and is read as a whole, in time proportional to what the reads have found, and
/// log-linear in the number of operations. It certifies: a pass comes with an order that it has built and replayed, and a
/// violation with operations that contradict each other whatever else happened. Safe to use from any number of threads.
/// </summary>
internal abstract class GrowthMonitor(bool isOrdered) : IFastPath
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public FastVerdict? Judge(Part part, Model model, NilRead nilReads, Budget budget)
    {
        if (model is not IGrowing growing || growing.IsOrdered != isOrdered) return null;
        if (GrowthHistory.TryBuild(part, model, nilReads, budget) is not GrowthHistory history) return null;
        if (budget.Look() is SearchEnd spent) return FastVerdict.Undecided(spent);
        var check = new GrowthCheck(history);
        if (!check.Holds(history.DisagreesAt)) return FirstViolation(history, check, check.Culprits, history.DisagreesAt, budget);
        if (history.DisagreesAt < history.ByReturn.Length) return Violation(history, check, history.Disagreeing, history.DisagreesAt);
        int[] order = GrowthOrder.Of(history, check);
        return GrowthReplay.Explains(history, order) ? FastVerdict.Linearizable(order) : null;
    }

    /// <summary>
    /// Whether some operations cannot all have ended as they did, when every other one may or may not have taken effect
    /// between its call and its return; <see langword="null"/> if this cannot tell.
    /// </summary>
    /// <param name="part">The operations.</param>
    /// <param name="model">Their model.</param>
    /// <param name="nilReads">What a read of nil says.</param>
    /// <param name="isKept">By position, whether an operation must have ended as it did.</param>
    /// <param name="budget">What this may spend.</param>
    /// <exception cref="SpentException">Something ran out.</exception>
    public static bool? AreAtOdds(Part part, Model model, NilRead nilReads, bool[] isKept, Budget budget)
    {
        if (model is not IGrowing || GrowthHistory.TryBuild(part, model, nilReads, budget, isKept) is not GrowthHistory history) return null;
        return history.DisagreesAt < history.ByReturn.Length || !new GrowthCheck(history).Holds(history.ByReturn.Length);
    }

    /// <summary>A prefix of a linearizable history is linearizable, so the first return that breaks it is found by halving.</summary>
    private static FastVerdict FirstViolation(GrowthHistory history, GrowthCheck check, int[] culprits, int broken, Budget budget)
    {
        int holds = 0;
        while (broken - holds > 1)
        {
            if (budget.Look() is SearchEnd spent) return FastVerdict.Undecided(spent);
            int middle = holds + ((broken - holds) / 2);
            if (check.Holds(middle)) holds = middle;
            else (broken, culprits) = (middle, check.Culprits);
        }

        return Violation(history, check, culprits, holds);
    }

    private static FastVerdict Violation(GrowthHistory history, GrowthCheck check, int[] culprits, int holds)
    {
        check.Holds(holds);
        return FastVerdict.NotLinearizable(culprits, history.ByReturn[holds], GrowthOrder.Of(history, check));
    }
}
