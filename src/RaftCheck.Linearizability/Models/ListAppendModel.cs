namespace RaftCheck.Linearizability;

/// <summary>
/// Named lists under transactions, as Elle has them: an operation's value is a list of <c>[append k v]</c> and
/// <c>[r k list]</c>, all of which take effect at once, in order. A list that nothing was appended to reads as nil or
/// <c>[]</c>. A transaction that failed did not take effect; one whose end is unknown may have, as a whole.
/// </summary>
internal sealed class ListAppendModel : Model
{
    private static readonly Value Empty = Value.List();

    /// <summary>Lists by their keys.</summary>
    public ListAppendModel(string name, Value initial)
        : base(name, initial)
    {
        if (initial.Kind != ValueKind.Map) throw Models.BadInitial(name, initial, "it needs a map of lists, such as {}");
    }

    /// <inheritdoc/>
    /// <remarks>A transaction spans lists, so there is one part only.</remarks>
    public override string? PartOf(Operation operation) => null;

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call)
    {
        // What a read saw stands in the result alone. A result without a transaction in it saw nothing.
        bool sawReads = call.Outcome == CallOutcome.Returned && !call.Output.IsNil;
        foreach (Value micro in (sawReads ? call.Output : call.Input).Items)
        {
            Value key = micro.Items[1];
            Value held = state.Find(key) ?? Empty;
            if (IsAppend(micro)) state = state.With(key, Value.List([.. held.Items, micro.Items[2]]));
            else if (sawReads && !(micro.Items[2].IsNil ? call.NilReads == NilRead.Unconstrained || held.Items.Length == 0 : held.Equals(micro.Items[2]))) return null;
        }

        return state;
    }

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.F != "txn") return Unknown(operation.F, "txn");
        return ComplaintOf(operation.Input) ?? (operation.Output is null or { IsNil: true } ? null : ComplaintOf(operation.Output));
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
            if (IsAppend(micro)) return false;
        }

        return true;
    }

    private static string? ComplaintOf(Value txn)
    {
        if (txn.Kind != ValueKind.List) return $"the value of a txn is a list of [f k v], not {OneLine.Shorten(txn.ToString())}";
        foreach (Value micro in txn.Items)
        {
            bool isKnown = micro.Kind == ValueKind.List && micro.Items.Length == 3
                && (IsAppend(micro) || (micro.Items[0].IsNamed("r", "read") && micro.Items[2].Kind is ValueKind.List or ValueKind.Nil));
            if (!isKnown) return $"a txn holds [append k v] and [r k list], not {OneLine.Shorten(micro.ToString())}";
        }

        return null;
    }

    /// <summary>Whether a part of a transaction appends.</summary>
    public static bool IsAppend(Value micro) => micro.Items[0].IsNamed("append");
}
