namespace RaftCheck.Linearizability;

/// <summary>Plays an order of operations again, to tell the state between them.</summary>
internal sealed class PageOrders(Model model, NilRead nilReads)
{
    /// <summary>How many elements of states may be handled in all: an operation on a long list costs its length.</summary>
    private const long WorkMax = 20_000_000;

    private long _work;

    /// <summary>
    /// The states after the operations of a pass, in turn. There may be fewer, where states are too large to play them all;
    /// and one is <see langword="null"/> where the model does not accept the operation.
    /// </summary>
    public List<Value?> States(IReadOnlyList<Operation> order) => Play(order, int.MaxValue);

    /// <summary>The same of a longest order that was found, which ends with the state that is known.</summary>
    /// <param name="order">The order.</param>
    /// <param name="end">The state after it.</param>
    /// <param name="lastReturn">The return at which the check ended.</param>
    public List<Value?> States(IReadOnlyList<Operation> order, Value? end, int lastReturn)
    {
        List<Value?> states = Play(order, int.MaxValue);
        if (states.Count < order.Count || end is null || states.Count == 0 || end.Equals(states[^1])) return states;
        // A check that takes in a history event by event does not know how an operation ends that returns later.
        return Play(order, lastReturn);
    }

    private List<Value?> Play(IReadOnlyList<Operation> order, int lastReturn)
    {
        var states = new List<Value?>();
        Value state = model.Initial;
        foreach (Operation operation in order)
        {
            _work += 1 + state.Items.Length;
            if (_work > WorkMax) break;
            bool isKnown = !operation.IsIndeterminate && !(operation.ReturnIndex > lastReturn);
            Value? next = Step(state, operation, isKnown);
            states.Add(next);
            state = next ?? state;
        }

        return states;
    }

    private Value? Step(Value state, Operation operation, bool isKnown)
    {
        Value? next = isKnown ? model.Step(state, CallOf(operation, isKnown: true)) : null;
        return next ?? (operation.Completion == Completion.Fail ? null : model.Step(state, CallOf(operation, isKnown: false)));
    }

    private Call CallOf(Operation operation, bool isKnown)
    {
        CallOutcome outcome = !isKnown ? CallOutcome.Unknown : operation.Completion == Completion.Fail ? CallOutcome.Mismatched : CallOutcome.Returned;
        Value output = outcome == CallOutcome.Returned ? operation.Output ?? Value.Nil : Value.Nil;
        return new Call(operation.F, operation.Input, output, outcome, nilReads) { Process = operation.Process };
    }
}
