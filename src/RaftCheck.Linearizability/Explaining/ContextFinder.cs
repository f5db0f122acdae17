namespace RaftCheck.Linearizability;

/// <summary>Finds operations that help to read a core: those that wrote what its operations found.</summary>
internal static class ContextFinder
{
    /// <summary>The operations, in the order of their calls.</summary>
    public static List<JudgedOperation> Find(Situation situation)
    {
        var context = new SortedDictionary<int, JudgedOperation>();
        var ids = situation.Core.Select(static judged => judged.Operation.Id).ToHashSet();
        foreach (JudgedOperation judged in situation.Core)
        {
            if (Found(situation, judged) is not Value found) continue;
            JudgedOperation? writer = null;
            foreach (JudgedOperation each in situation.Part.Operations)
            {
                if (each.Operation.Id == judged.Operation.Id || !found.Equals(Written(situation, each))) continue;
                // The last that had begun by then; or else the first that ever did.
                if (writer is not null && each.Operation.InvokeIndex > judged.Operation.ReturnIndex) break;
                writer = each;
            }

            if (writer is JudgedOperation one && !ids.Contains(one.Operation.Id)) context[one.Operation.Id] = one;
        }

        return [.. context.Values];
    }

    private static Value? Found(Situation situation, JudgedOperation judged)
    {
        if (situation.Model is SequenceModel sequence)
            return sequence.Puts(judged.Operation.F) ? null : judged.Operation.Output;
        if (situation.Model is not IRegisterLike register || !judged.IsCompleted) return null;
        RegisterCall call = register.AsRegisterCall(situation.CallOf(judged));
        return call.Kind is RegisterCallKind.Read or RegisterCallKind.Swap ? call.Expected : null;
    }

    private static Value? Written(Situation situation, JudgedOperation judged)
    {
        if (situation.Model is SequenceModel sequence)
            return sequence.Puts(judged.Operation.F) ? judged.Operation.Input : null;
        RegisterCall call = ((IRegisterLike)situation.Model).AsRegisterCall(situation.CallOf(judged));
        return call.Kind is RegisterCallKind.Write or RegisterCallKind.Swap ? call.Written : null;
    }
}
