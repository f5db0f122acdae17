namespace RaftCheck.Linearizability;

/// <summary>Plays an order of operations again, to tell the state between them.</summary>
internal sealed class PageOrders(Model model, NilRead nilReads, int? lastReturn)
{
    /// <summary>How many elements of states may be handled in all: an operation on a long list costs its length.</summary>
    private const long WorkMax = 20_000_000;

    private long _work;

    /// <summary>
    /// The states after the operations, in turn. It may stop early, where states are too large to play them all; and a
    /// state is <see langword="null"/> where the model does not accept the operation, which the checker took another way.
    /// </summary>
    public IEnumerable<Value?> States(IReadOnlyList<Operation> order)
    {
        Value state = model.Initial;
        foreach (Operation operation in order)
        {
            _work += 1 + state.Items.Length;
            if (_work > WorkMax) yield break;
            Value? next = Step(state, operation);
            yield return next;
            state = next ?? state;
        }
    }

    private Value? Step(Value state, Operation operation)
    {
        // What returned after the operation that no order explains was, to the checker, still of unknown end.
        bool isKnown = !operation.IsIndeterminate && !(operation.ReturnIndex > lastReturn);
        Value? next = isKnown ? model.Step(state, CallOf(operation, isKnown: true)) : null;
        return next ?? model.Step(state, CallOf(operation, isKnown: false));
    }

    private Call CallOf(Operation operation, bool isKnown)
    {
        CallOutcome outcome = !isKnown ? CallOutcome.Unknown : operation.Completion == Completion.Fail ? CallOutcome.Mismatched : CallOutcome.Returned;
        Value output = outcome == CallOutcome.Returned ? operation.Output ?? Value.Nil : Value.Nil;
        return new Call(operation.F, operation.Input, output, outcome, nilReads) { Process = operation.Process };
    }
}
