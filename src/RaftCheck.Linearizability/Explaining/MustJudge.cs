namespace RaftCheck.Linearizability;

/// <summary>
/// Judges whether some operations can all have ended as they did, when every other one may or may not have taken effect
/// between its call and its return, whatever it returned. The more operations must have, the fewer orders there are; so a
/// smallest set of operations that contradict one another is found by leaving out one after another. For one thread.
/// </summary>
internal sealed class MustJudge(Part part, Model model, NilRead nilReads)
{
    private const int Width = 1 << 12;

    /// <summary>Whether the operations at some positions of the part contradict one another; <see langword="null"/> if that is undecided.</summary>
    /// <param name="isKept">By position, whether an operation must have ended as it did. Only completed ones can.</param>
    /// <param name="budget">What the judgement may spend.</param>
    public bool? Contradict(bool[] isKept, Budget budget)
    {
        try
        {
            // The states of long histories are long, and following them takes too long.
            if (GrowthMonitor.AreAtOdds(part, model, nilReads, isKept, budget) is bool areAtOdds) return areAtOdds;
        }
        catch (SpentException)
        {
            return null;
        }

        return ByFrontier(isKept, budget);
    }

    private bool? ByFrontier(bool[] isKept, Budget budget)
    {
        int lastReturn = -1;
        List<JudgedOperation> operations = Relaxed(isKept, ref lastReturn, out FilteredModel filtered);
        List<(int At, int Operation, bool IsCall)> events = EventsOf(operations, lastReturn, out int mostPending);

        var input = new FrontierInput(filtered, nilReads);
        foreach (JudgedOperation judged in operations) input.Add(judged.Operation, judged.Outcome, EndOf(judged.Operation));
        var table = new StateTable(filtered);
        var frontier = new Frontier(input, table, new Slots(input, mostPending), steps: null) { OperationsExpire = true };
        frontier.Start(table.Reset(input.Calls), Width);
        foreach ((int at, int operation, bool isCall) in events)
        {
            if (isCall)
            {
                frontier.Call(operation);
                continue;
            }

            bool isPossible = true;
            SearchEnd? spent = operations[operation].IsCompleted
                ? frontier.Return(operation, at, budget, out isPossible)
                : frontier.Expire(operation, at, budget);
            if (spent is not null) return null;
            if (!isPossible) return frontier.HasDropped ? null : true;
        }

        return false;
    }

    // What is not known to have returned may take effect at any time after its call.
    private static int EndOf(Operation operation) =>
        operation.IsIndeterminate ? FrontierInput.NeverReturns : operation.ReturnIndex ?? FrontierInput.NeverReturns;

    private List<JudgedOperation> Relaxed(bool[] isKept, ref int lastReturn, out FilteredModel filtered)
    {
        var kept = new List<JudgedOperation>();
        var others = new List<JudgedOperation>();
        for (int i = 0; i < isKept.Length; i++)
        {
            JudgedOperation judged = part.Operations[i];
            if (isKept[i])
            {
                kept.Add(judged);
                lastReturn = Math.Max(lastReturn, judged.Operation.ReturnIndex ?? -1);
            }
            else if (judged.Outcome != CallOutcome.Mismatched && !model.IsRead(judged.Operation))
            {
                others.Add(judged with { Outcome = CallOutcome.Unknown });
            }
        }

        EffectFilter? filter = EffectFilter.For(model, kept, others, nilReads);
        filtered = new FilteredModel(model, filter);
        foreach (JudgedOperation judged in others)
        {
            // What is called when all has been judged comes too late.
            if (judged.Operation.InvokeIndex > lastReturn || filter?.MayBeOfUse(judged) == false) continue;
            bool isHarmless = EndOf(judged.Operation) < lastReturn && filter?.IsHarmless(judged) == true;
            kept.Add(isHarmless ? new JudgedOperation(judged.Operation with { Output = Value.Nil }, CallOutcome.Returned) : judged);
        }

        return kept;
    }

    /// <summary>Calls and returns, up to the last return that matters.</summary>
    private static List<(int At, int Operation, bool IsCall)> EventsOf(List<JudgedOperation> operations, int until, out int mostPending)
    {
        var events = new List<(int At, int Operation, bool IsCall)>(2 * operations.Count);
        for (int i = 0; i < operations.Count; i++)
        {
            Operation operation = operations[i].Operation;
            events.Add((operation.InvokeIndex, i, true));
            if (EndOf(operation) <= until) events.Add((EndOf(operation), i, false));
        }

        events.Sort(static (x, y) => x.At.CompareTo(y.At));
        mostPending = 0;
        int pending = 0;
        foreach ((_, _, bool isCall) in events)
        {
            pending += isCall ? 1 : -1;
            mostPending = Math.Max(mostPending, pending);
        }

        return events;
    }
}
