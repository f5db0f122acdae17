namespace RaftCheck.Linearizability;

/// <summary>
/// A number: <c>add</c> an amount, <c>increment</c> or <c>decrement</c> by an amount or by one, <c>read</c>, and
/// <c>add-and-get</c>, which returns the sum. One that failed did not take effect; one whose end is unknown may have, once.
/// </summary>
internal sealed class CounterModel : Model
{
    /// <summary>A counter that starts there.</summary>
    public CounterModel(string name, Value initial)
        : base(name, initial)
    {
        if (initial.Kind != ValueKind.Integer) throw Models.BadInitial(name, initial, "it needs an integer");
    }

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call)
    {
        if (call.F == "read") return call.Explains(state, call.Output) ? state : null;
        long amount = call.Input.IsNil ? 1 : call.Input.AsInteger;
        Value sum = Value.Of(unchecked(state.AsInteger + (call.F == "decrement" ? -amount : amount)));
        return call.F != "add-and-get" || call.Explains(sum, call.Output) ? sum : null;
    }

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.F switch
        {
            "read" => null,
            "increment" or "decrement" when operation.Input.IsNil => null,
            "add" or "increment" or "decrement" or "add-and-get" => operation.Input.Kind == ValueKind.Integer
                ? null
                : $"the value of an {operation.F} is an integer, not {OneLine.Shorten(operation.Input.ToString())}",
            _ => Unknown(operation.F, "add, increment, decrement, add-and-get and read"),
        };
    }

    /// <inheritdoc/>
    public override bool IsRead(Operation operation) => operation.F == "read";
}
