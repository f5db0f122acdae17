namespace RaftCheck.Linearizability;

/// <summary>
/// Verifies the certificate of a pass. Whoever does not trust the search needs to trust only this: it replays the orders
/// by the model, and shares no code with what found them.
/// </summary>
public static class LinearizationVerifier
{
    /// <summary>Whether orders of operations prove that a history is linearizable. Pure, so safe to call from any thread.</summary>
    /// <param name="history">The history.</param>
    /// <param name="model">The model that it was judged by, as it was given to the checker.</param>
    /// <param name="orders">What <see cref="CheckResult.Linearization"/> holds.</param>
    /// <param name="casFail">How failed <c>cas</c> operations are read.</param>
    /// <returns><see langword="null"/> if they do; otherwise what is wrong with them, in a sentence.</returns>
    public static string? Verify(History history, Model model, IReadOnlyList<Linearization> orders, CasFail casFail = CasFail.DidNotTakeEffect)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(orders);
        model = model.For(history);
        var placed = new bool[history.Operations.Count];
        var parts = new HashSet<string?>();
        foreach (Linearization order in orders)
        {
            if (!parts.Add(order.Partition)) return $"The part {order.Partition ?? "without a name"} has two orders.";
            if (Replay(history, model, order, casFail, placed) is string complaint) return complaint;
        }

        foreach (Operation operation in history.Operations)
        {
            if (!placed[operation.Id] && OutcomeOf(operation, model, casFail) is CallOutcome.Returned or CallOutcome.Mismatched)
                return $"{Name(operation)} completed and is in no order.";
        }

        return null;
    }

    private static string? Replay(History history, Model model, Linearization order, CasFail casFail, bool[] placed)
    {
        Value state = model.Initial;
        Operation? latest = null;
        foreach (Operation operation in order.Operations)
        {
            if (operation.Id < 0 || operation.Id >= placed.Length || !operation.Equals(history.Operations[operation.Id])) return $"{Name(operation)} is not in the history.";
            if (placed[operation.Id]) return $"{Name(operation)} takes effect twice.";
            placed[operation.Id] = true;
            if (!string.Equals(model.PartOf(operation), order.Partition, StringComparison.Ordinal)) return $"{Name(operation)} belongs to another part.";
            if (OutcomeOf(operation, model, casFail) is not CallOutcome outcome) return $"{Name(operation)} failed, so it cannot take effect.";
            // Real time: nothing may take effect before an operation that had returned before it was called.
            if (latest is null || operation.InvokeIndex > latest.InvokeIndex) latest = operation;
            if (outcome != CallOutcome.Unknown && operation.ReturnIndex < latest.InvokeIndex)
                return $"{Name(operation)} returned before {Name(latest)} was called, and takes effect after it.";
            var call = new Call(operation.F, operation.Input, operation.Output ?? Value.Nil, outcome, history.NilReads) { Process = operation.Process };
            if (model.Step(state, call) is not Value next) return $"{Name(operation)} is not possible in the state {OneLine.Shorten(state.ToString())}.";
            state = next;
        }

        return null;
    }

    private static CallOutcome? OutcomeOf(Operation operation, Model model, CasFail casFail) => operation.Completion switch
    {
        Completion.Ok => CallOutcome.Returned,
        Completion.Fail when !model.Compares(operation.F) => null,
        Completion.Fail => casFail == CasFail.SeenToMismatch || operation.Error == HistoryEvent.MismatchError ? CallOutcome.Mismatched : null,
        _ => CallOutcome.Unknown,
    };

    private static string Name(Operation operation) => $"'{OneLine.Of(operation.ToString())}' (event {operation.InvokeIndex})";
}
