namespace RaftCheck.Linearizability;

/// <summary>Which element a container gives back.</summary>
internal enum TakeOrder
{
    /// <summary>The one that was put in first: a queue.</summary>
    First,

    /// <summary>The one that was put in last: a stack.</summary>
    Last,

    /// <summary>The smallest: a priority queue.</summary>
    Smallest,
}

/// <summary>
/// A container that gives back what was put in, one at a time. The state is the list of what it holds. To take from an
/// empty one returns nil. What failed did not take effect; what has an unknown end may have, and what it took is lost.
/// </summary>
internal sealed class SequenceModel : Model, IContainerLike
{
    private readonly string _put;
    private readonly string _take;

    /// <summary>A container that holds a list at first.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="initial">What it holds.</param>
    /// <param name="put">What putting in is called.</param>
    /// <param name="take">What taking out is called.</param>
    /// <param name="order">Which element comes out.</param>
    public SequenceModel(string name, Value initial, string put, string take, TakeOrder order)
        : base(name, initial.Kind == ValueKind.List ? Arrange(initial, order) : throw Models.BadInitial(name, initial, "it needs a list, such as [1 2]"))
    {
        _put = put;
        _take = take;
        Order = order;
    }

    /// <inheritdoc/>
    public TakeOrder Order { get; }

    /// <inheritdoc/>
    public ContainerCall AsContainerCall(in Call call)
    {
        if (call.F == _put) return new(ContainerCallKind.Put, call.Input);
        if (call.Outcome == CallOutcome.Unknown) return new(ContainerCallKind.TakeAnything, Value.Nil);
        if (!call.Output.IsNil) return new(ContainerCallKind.Take, call.Output);
        return new(call.NilReads == NilRead.Unconstrained ? ContainerCallKind.TakeAnything : ContainerCallKind.TakeNothing, Value.Nil);
    }

    /// <summary>Whether an operation puts something in.</summary>
    public bool Puts(string f) => f == _put;

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call)
    {
        if (call.F == _put) return Arrange(Value.List([.. state.Items, call.Input]), Order);
        if (state.Items.Length == 0) return call.Explains(Value.Nil, call.Output) ? state : null;
        int at = Order == TakeOrder.Last ? state.Items.Length - 1 : 0;
        if (!call.Explains(state.Items[at], call.Output)) return null;
        return Order == TakeOrder.Last ? Value.List([.. state.Items[..^1]]) : Value.List([.. state.Items[1..]]);
    }

    /// <inheritdoc/>
    internal override Value? Replay(ReadOnlySpan<Call> calls)
    {
        var contents = new SequenceContents(Order, Initial);
        foreach (Call call in calls)
        {
            if (call.F == _put) contents.Put(call.Input);
            else if (!call.Explains(contents.Take(), call.Output)) return null;
        }

        return contents.ToValue();
    }

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.F == _take) return null;
        if (operation.F != _put) return Unknown(operation.F, $"{_put} and {_take}");
        // Nil is what an empty container gives.
        return operation.Input.IsNil ? $"the value of {(_put[0] is 'e' or 'i' ? "an" : "a")} {_put} cannot be nil" : null;
    }

    /// <summary>Equal contents must be equal states, so what comes out by size is kept by size.</summary>
    private static Value Arrange(Value items, TakeOrder order) =>
        order == TakeOrder.Smallest ? Value.List([.. items.Items.ToArray().Order(ValueOrder.Comparer)]) : items;
}
