namespace RaftCheck.Linearizability;

/// <summary>A model made of functions that a user gave.</summary>
internal sealed class DelegateModel(
    string name, Value initial, Func<Value, Call, Value?> step, Func<Operation, string?>? partOf, Func<Operation, bool>? isRead)
    : Model(name, initial)
{
    /// <inheritdoc/>
    /// <remarks>Who called may matter to it.</remarks>
    public override bool DistinguishesProcesses => true;

    /// <inheritdoc/>
    public override string? PartOf(Operation operation) => partOf is null ? base.PartOf(operation) : partOf(operation);

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call) => step(state, call);

    /// <inheritdoc/>
    public override bool IsRead(Operation operation) => isRead is not null && isRead(operation);
}
