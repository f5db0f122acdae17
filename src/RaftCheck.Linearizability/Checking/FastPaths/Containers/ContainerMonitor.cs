namespace RaftCheck.Linearizability;

/// <summary>
/// Judges a container whose elements all differ, in log-linear time. It certifies: a pass comes with an order that it has
/// built and replayed, and a violation with operations that contradict each other whatever else happened. Where it finds
/// neither, it leaves the history to others. Safe to use from any number of threads.
/// </summary>
internal abstract class ContainerMonitor(TakeOrder takeOrder) : IFastPath
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public FastVerdict? Judge(Part part, Model model, NilRead nilReads, Budget budget)
    {
        if (model is not IContainerLike container || container.Order != takeOrder) return null;
        if (ContainerHistory.TryBuild(part, model, container, nilReads) is not ContainerHistory history) return null;
        if (budget.Look() is SearchEnd spent) return FastVerdict.Undecided(spent);
        ContainerCheck check = CheckOf(history, budget);
        if (history.Contradiction is not null) return FirstViolation(history, check, budget);
        bool? holds = check.Holds(history.ByReturn.Length);
        if (holds is null) return budget.Look() is SearchEnd gone ? FastVerdict.Undecided(gone) : null;
        if (holds == false) return FirstViolation(history, check, budget);
        int[] order = check.Order();
        return ContainerReplay.Explains(part, model, nilReads, history, order) ? FastVerdict.Linearizable(order) : null;
    }

    /// <summary>What tells whether there is an order.</summary>
    protected abstract ContainerCheck CheckOf(ContainerHistory history, Budget budget);

    /// <summary>
    /// A prefix of a linearizable history is linearizable, so the first return that breaks it is found by halving. Most
    /// often it is the last return of those that contradict each other, which is tried first; not always, as one that was
    /// pending then may have taken something else.
    /// </summary>
    private static FastVerdict FirstViolation(ContainerHistory history, ContainerCheck check, Budget budget)
    {
        int[] known = history.Contradiction is int[] found ? ContainerView.Culprits(found) : check.Culprits;
        int holds = 0;
        int broken = Math.Min(history.ContradictionAt, history.ByReturn.Length - 1) + 1;
        for (int step = 0; broken - holds > 1; step++)
        {
            if (budget.Look() is SearchEnd spent) return FastVerdict.Undecided(spent);
            int middle = LastReturn(history, known) + 1 - (step % 3);
            if (step % 3 == 2 || middle <= holds || middle >= broken) middle = holds + ((broken - holds) / 2);
            // Only where the violation comes about is not known then.
            if (check.Holds(middle) is not bool isGood) return FastVerdict.NotLinearizable(known);
            if (isGood) holds = middle;
            else (broken, known) = (middle, check.Culprits);
        }

        // The one that breaks it may be needed for what was before: it may have taken something else.
        int blocked = history.ByReturn[broken - 1];
        if (check.Holds(holds, without: blocked) != true) check.Holds(holds);
        return FastVerdict.NotLinearizable(known, blocked, check.Order());
    }

    /// <summary>Which return is the last of those of some completed operations.</summary>
    private static int LastReturn(ContainerHistory history, int[] operations)
    {
        int last = operations.Max(operation => history.Returns[operation]);
        int from = 0;
        int to = history.ByReturn.Length - 1;
        while (from < to)
        {
            int middle = from + ((to - from) / 2);
            if (history.Returns[history.ByReturn[middle]] < last) from = middle + 1;
            else to = middle;
        }

        return from;
    }
}
