namespace RaftCheck.Linearizability;

/// <summary>The states in which the system may have been just before the return that nothing explains.</summary>
/// <param name="Found">Some of them; at least one, always the same ones in the same order.</param>
/// <param name="AreAll">Whether it is known that there are no others.</param>
internal sealed record PossibleStates(IReadOnlyList<Value> Found, bool AreAll)
{
    // More than that nobody counts.
    private const int StatesMax = 64;
    private const int StepsMax = 1024;
    private const int OpenMax = 64;

    /// <summary>
    /// The states after orders of what had returned. These let nothing take effect that nobody needed, so what is open
    /// may have taken effect after them, in any order, or not.
    /// </summary>
    /// <param name="orders">The orders; at least one.</param>
    /// <param name="areAllOrders">Whether there is one for each way in which the system may have been.</param>
    /// <param name="known">What was known at the return.</param>
    /// <param name="breaking">The operation whose return it was.</param>
    /// <param name="model">The model.</param>
    /// <param name="nilReads">What a read of nil says.</param>
    /// <param name="budget">What this may spend; if it runs out, not all are found.</param>
    public static PossibleStates After(
        IReadOnlyList<PartialLinearization> orders, bool areAllOrders, Part known, Operation breaking, Model model, NilRead nilReads, Budget budget)
    {
        var found = new List<Value>();
        foreach (PartialLinearization order in orders) Add(found, order.State);

        bool areAll = areAllOrders;
        int steps = 0;
        foreach (PartialLinearization order in orders)
        {
            HashSet<int> done = [.. order.Operations.Select(static operation => operation.Id)];
            List<Call> open = [];
            foreach (JudgedOperation judged in known.Operations)
            {
                if (judged.Operation.Id == breaking.Id) continue;
                Call call = SearchInput.CallOf(judged, nilReads);
                // Of a step that leaves several states open, the model follows only one.
                areAll &= !model.LeavesOpen(call);
                if (!done.Contains(judged.Operation.Id)) open.Add(call);
            }

            areAll &= Follow(order.State, open, found, model, budget, ref steps);
        }

        return new PossibleStates(found, areAll);
    }

    /// <summary>Lets open calls take effect after a state, in all orders; returns whether it came to an end.</summary>
    private static bool Follow(Value start, List<Call> open, List<Value> found, Model model, Budget budget, ref int steps)
    {
        if (open.Count > OpenMax) return false;
        var seen = new HashSet<(Value State, ulong Done)> { (start, 0) };
        var toFollow = new Queue<(Value State, ulong Done)>(seen);
        while (toFollow.TryDequeue(out (Value State, ulong Done) from))
        {
            for (int i = 0; i < open.Count; i++)
            {
                if ((from.Done & (1UL << i)) != 0) continue;
                if (found.Count > StatesMax || ++steps > StepsMax || budget.SpendState() is not null || budget.SpendStep() is not null) return false;
                // What changes nothing may as well come later.
                if (model.Step(from.State, open[i]) is not Value next || next.Equals(from.State)) continue;
                Add(found, next);
                if (seen.Add((next, from.Done | (1UL << i)))) toFollow.Enqueue((next, from.Done | (1UL << i)));
            }
        }

        return true;
    }

    private static void Add(List<Value> found, Value state)
    {
        if (!found.Contains(state)) found.Add(state);
    }
}
