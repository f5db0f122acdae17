namespace RaftCheck.Linearizability;

/// <summary>
/// A generator that returns no id twice: <c>generate</c>. The state is the set of ids that were returned. What failed or
/// has an unknown end may have used up an id that nobody knows, and says nothing.
/// </summary>
internal sealed class UniqueIdsModel : Model
{
    /// <summary>A generator that has returned these ids.</summary>
    public UniqueIdsModel(string name, Value initial)
        : base(name, initial)
    {
        if (initial.Kind != ValueKind.Set) throw Models.BadInitial(name, initial, "it needs a set, such as #{}");
    }

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call)
    {
        if (call.Outcome == CallOutcome.Unknown || call.Output.IsNil) return state;
        Value with = Value.Set([.. state.Items, call.Output]);
        return with.Items.Length > state.Items.Length ? with : null;
    }

    /// <inheritdoc/>
    internal override bool LeavesOpen(in Call call) => call.Output.IsNil;

    /// <inheritdoc/>
    internal override Value? Replay(ReadOnlySpan<Call> calls)
    {
        HashSet<Value> ids = [.. Initial.Items];
        foreach (Call call in calls)
        {
            if (call.Outcome != CallOutcome.Unknown && !call.Output.IsNil && !ids.Add(call.Output)) return null;
        }

        return Value.Set([.. ids]);
    }

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.F == "generate" ? null : Unknown(operation.F, "generate");
    }
}
