namespace RaftCheck.Linearizability;

/// <summary>
/// A set: <c>add</c>, <c>remove</c> and <c>contains</c> of an element, and <c>read</c> of them all. The state is the set.
/// An <c>add</c> or a <c>remove</c> that returned a bool says whether it has changed the set; one that returned anything
/// else says nothing. One that failed did not take effect; one whose end is unknown may have, at any time.
/// </summary>
internal sealed class SetModel : Model, IGrowing
{
    private readonly bool _hasRemove;
    private readonly bool _isPerElement;

    /// <summary>A set with these elements.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="initial">What it holds at first.</param>
    /// <param name="hasRemove">Whether it can shrink.</param>
    /// <param name="isPerElement">Whether each element is judged by itself, which suits histories without a <c>read</c>.</param>
    public SetModel(string name, Value initial, bool hasRemove, bool isPerElement = false)
        : base(name, AsSet(initial) ?? throw Models.BadInitial(name, initial, "it needs a set or a list, such as #{1 2}"))
    {
        _hasRemove = hasRemove;
        _isPerElement = isPerElement;
    }

    /// <inheritdoc/>
    public override Model For(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        foreach (Operation operation in history.OperationSpan)
        {
            if (operation.F == "read") return this;
        }

        return new SetModel(Name, Initial, _hasRemove, isPerElement: true);
    }

    /// <inheritdoc/>
    public override string? PartOf(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (!_isPerElement) return operation.Key;
        return operation.Key is null ? operation.Input.ToString() : $"{operation.Key} {operation.Input}";
    }

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call)
    {
        switch (call.F)
        {
            case "read":
                return SaysNothing(call) || call.Explains(state, AsSet(call.Output) ?? call.Output) ? state : null;
            case "contains":
                return call.Explains(Value.Of(Holds(state, call.Input)), call.Output) ? state : null;
            case "add":
                bool isNew = !Holds(state, call.Input);
                return Changes(isNew, call) ? (isNew ? With(state, call.Input) : state) : null;
            default:
                bool isThere = Holds(state, call.Input);
                return Changes(isThere, call) ? (isThere ? Without(state, call.Input) : state) : null;
        }
    }

    /// <inheritdoc/>
    internal override Value? Replay(ReadOnlySpan<Call> calls)
    {
        var contents = new SetContents(Initial);
        foreach (Call call in calls)
        {
            bool fits = call.F switch
            {
                "read" => SaysNothing(call) || contents.Is(call.Output.Items),
                "contains" => call.Explains(Value.Of(contents.Holds(call.Input)), call.Output),
                "add" => Changes(contents.Add(call.Input), call),
                _ => Changes(contents.Remove(call.Input), call),
            };
            if (!fits) return null;
        }

        return contents.ToValue();
    }

    /// <inheritdoc/>
    bool IGrowing.IsOrdered => false;

    /// <inheritdoc/>
    GrowthCall? IGrowing.AsGrowthCall(in Call call) => call.F switch
    {
        "read" or "contains" when SaysNothing(call) => new(GrowthCallKind.Nothing, Value.Nil),
        "read" => new(GrowthCallKind.Read, call.Output),
        "contains" when call.Output.Kind == ValueKind.Bool => new(call.Output.AsBool ? GrowthCallKind.Has : GrowthCallKind.HasNot, call.Input),
        "add" => new(GrowthCallKind.Add, call.Input, SaysWhetherChanged(call) ? call.Output.AsBool : null),
        _ => null,
    };

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.F switch
        {
            "add" or "contains" => null,
            "read" when operation.Output is { } read && AsSet(read) is null => $"the value of a read is a set or a list, not {OneLine.Shorten(read.ToString())}",
            "read" => null,
            "remove" when _hasRemove => null,
            _ => Unknown(operation.F, _hasRemove ? "add, remove, contains and read" : "add, contains and read"),
        };
    }

    /// <inheritdoc/>
    public override bool IsRead(Operation operation) => operation.F is "read" or "contains";

    private static bool Changes(bool changed, in Call call) => !SaysWhetherChanged(call) || call.Output.AsBool == changed;

    private static bool SaysWhetherChanged(in Call call) => call.Output.Kind == ValueKind.Bool && call.Input.Kind != ValueKind.Bool;

    /// <summary>Of one that reads: whether nobody knows what it has found.</summary>
    private static bool SaysNothing(in Call call) =>
        call.Outcome == CallOutcome.Unknown || (call.Output.IsNil && call.NilReads == NilRead.Unconstrained);

    // Sets keep their elements sorted.
    private static bool Holds(Value set, Value element) => set.Items.BinarySearch(element, ValueOrder.Comparer) >= 0;

    private static Value With(Value set, Value element)
    {
        int at = ~set.Items.BinarySearch(element, ValueOrder.Comparer);
        return Value.SetOf([.. set.Items[..at], element, .. set.Items[at..]]);
    }

    private static Value Without(Value set, Value element)
    {
        int at = set.Items.BinarySearch(element, ValueOrder.Comparer);
        return Value.SetOf([.. set.Items[..at], .. set.Items[(at + 1)..]]);
    }

    private static Value? AsSet(Value value) => value.Kind switch
    {
        ValueKind.Set => value,
        ValueKind.List => Value.Set([.. value.Items]),
        ValueKind.Nil => Value.Set(),
        _ => null,
    };
}
