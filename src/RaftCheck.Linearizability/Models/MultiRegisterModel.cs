namespace RaftCheck.Linearizability;

/// <summary>
/// Named registers under transactions: an operation's value is a list of <c>[f k v]</c>, each a read or a write, and
/// all of them take effect at once, in order.
/// </summary>
internal sealed class MultiRegisterModel(string name, Value initial) : Model(name, ByName(name, initial))
{
    /// <inheritdoc/>
    /// <remarks>A transaction spans registers, so there is one part only.</remarks>
    public override string? PartOf(Operation operation) => null;

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call)
    {
        // What a read saw stands in the result alone. A result without a transaction in it saw nothing.
        Value txn = call.Outcome == CallOutcome.Returned && !call.Output.IsNil ? call.Output : call.Input;
        bool sawReads = call.Outcome == CallOutcome.Returned && !call.Output.IsNil;
        foreach (Value micro in txn.Items)
        {
            Value register = Register(micro.Items[1]);
            Value value = micro.Items[2];
            if (IsWrite(micro)) state = state.With(register, value);
            else if (sawReads && !call.Explains(state.Find(register) ?? Value.Nil, value)) return null;
        }

        return state;
    }

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.F != "txn") return Unknown(operation.F, "txn");
        if (ComplaintOf(operation.Input) is string inInput) return inInput;
        return operation.Output is null or { IsNil: true } ? null : ComplaintOf(operation.Output);
    }

    /// <inheritdoc/>
    public override bool IsRead(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return IsReadOnly(operation.Input) && (operation.Output is null || IsReadOnly(operation.Output));
    }

    private static bool IsReadOnly(Value txn)
    {
        foreach (Value micro in txn.Items)
        {
            if (IsWrite(micro)) return false;
        }

        return true;
    }

    private static string? ComplaintOf(Value txn)
    {
        if (txn.Kind != ValueKind.List)
            return $"the value of a txn is a list of [f k v], not {OneLine.Shorten(txn.ToString())}";
        foreach (Value micro in txn.Items)
        {
            if (micro.Kind != ValueKind.List || micro.Items.Length != 3 || !micro.Items[0].IsNamed("read", "r", "write", "w"))
                return $"a txn holds [read k v] and [write k v], not {OneLine.Shorten(micro.ToString())}";
        }

        return null;
    }

    /// <summary>Whether a part of a transaction writes.</summary>
    public static bool IsWrite(Value micro) => micro.Items[0].IsNamed("write", "w");

    /// <summary>JSON has no keywords, so :x and "x" name the same register.</summary>
    public static Value Register(Value key) => key.Kind == ValueKind.Keyword ? Value.Of(key.AsText) : key;

    private static Value ByName(string name, Value initial)
    {
        if (initial.Kind != ValueKind.Map) throw Models.BadInitial(name, initial, "it needs a map, such as {:x 0 :y 0}");
        Value state = Value.Map();
        for (int i = 0; i < initial.Items.Length; i += 2) state = state.With(Register(initial.Items[i]), initial.Items[i + 1]);
        return state;
    }
}
