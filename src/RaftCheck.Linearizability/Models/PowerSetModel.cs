namespace RaftCheck.Linearizability;

/// <summary>
/// A model that may go from one state to any of several, as one that goes from a set of states to a set of states: those
/// in which the system may be. A call is refused when it leaves none.
/// </summary>
internal sealed class PowerSetModel(
    string name, IEnumerable<Value> initial, Func<Value, Call, IEnumerable<Value>> step, Func<Operation, string?>? partOf)
    : Model(name, Value.Set([.. initial]))
{
    /// <inheritdoc/>
    /// <remarks>Who called may matter to it.</remarks>
    public override bool DistinguishesProcesses => true;

    /// <inheritdoc/>
    public override string? PartOf(Operation operation) => partOf is null ? base.PartOf(operation) : partOf(operation);

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call)
    {
        var next = new List<Value>();
        foreach (Value each in state.Items) next.AddRange(step(each, call));
        return next.Count == 0 ? null : Value.Set([.. next]);
    }
}
