namespace RaftCheck.Linearizability;

/// <summary>A model in which operations of unknown outcome do nothing where that is of no use.</summary>
internal sealed class FilteredModel(Model model, EffectFilter? filter) : Model(model.Name, model.Initial)
{
    /// <inheritdoc/>
    public override bool DistinguishesProcesses => model.DistinguishesProcesses;

    /// <inheritdoc/>
    public override string? PartOf(Operation operation) => model.PartOf(operation);

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call)
    {
        Value? after = model.Step(state, call);
        bool isIdle = after is not null && call.Outcome == CallOutcome.Unknown && filter is not null && !filter.IsOfUse(call, after);
        return isIdle ? state : after;
    }

    /// <inheritdoc/>
    public override bool IsRead(Operation operation) => model.IsRead(operation);

    /// <inheritdoc/>
    /// <remarks>A write that is of no use at all is never asked about, and any other one always takes effect.</remarks>
    public override bool Overwrites(Operation operation) => model.Overwrites(operation);
}
