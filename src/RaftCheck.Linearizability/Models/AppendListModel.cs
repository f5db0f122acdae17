using System.Runtime.InteropServices;

namespace RaftCheck.Linearizability;

/// <summary>
/// A list: <c>append</c> an element, and <c>read</c> them all, in order. What failed did not take effect; an append whose
/// end is unknown may have, at any time.
/// </summary>
internal sealed class AppendListModel : Model, IGrowing
{
    /// <summary>A list that holds these elements at first.</summary>
    public AppendListModel(string name, Value initial)
        : base(name, initial)
    {
        if (initial.Kind != ValueKind.List) throw Models.BadInitial(name, initial, "it needs a list, such as []");
    }

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call)
    {
        if (call.F == "append") return Value.List([.. state.Items, call.Input]);
        bool isEmpty = call.Output.IsNil && call.NilReads == NilRead.Observed;
        return call.Explains(state, isEmpty ? Value.List() : call.Output) ? state : null;
    }

    /// <inheritdoc/>
    internal override Value? Replay(ReadOnlySpan<Call> calls)
    {
        List<Value> held = [.. Initial.Items];
        foreach (Call call in calls)
        {
            if (call.F == "append") held.Add(call.Input);
            else if (!SaysNothing(call) && !call.Output.Items.SequenceEqual(CollectionsMarshal.AsSpan(held))) return null;
        }

        return Value.ListOf([.. held]);
    }

    /// <inheritdoc/>
    bool IGrowing.IsOrdered => true;

    /// <inheritdoc/>
    GrowthCall? IGrowing.AsGrowthCall(in Call call)
    {
        if (call.F == "append") return new(GrowthCallKind.Add, call.Input);
        return SaysNothing(call) ? new(GrowthCallKind.Nothing, Value.Nil) : new(GrowthCallKind.Read, call.Output);
    }

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.F switch
        {
            "append" => null,
            "read" when operation.Output is { Kind: not (ValueKind.List or ValueKind.Nil) } read => $"the value of a read is a list, not {OneLine.Shorten(read.ToString())}",
            "read" => null,
            _ => Unknown(operation.F, "append and read"),
        };
    }

    /// <inheritdoc/>
    public override bool IsRead(Operation operation) => operation.F == "read";

    private static bool SaysNothing(in Call call) =>
        call.Outcome == CallOutcome.Unknown || (call.Output.IsNil && call.NilReads == NilRead.Unconstrained);
}
