namespace RaftCheck.Linearizability;

/// <summary>A register whose reads may return any of its last values. The state is the list of these, the latest last.</summary>
internal sealed class StaleModel(Model model, IRegisterLike register, int values) : Model(model.Name, Value.List(model.Initial))
{
    /// <inheritdoc/>
    public override string? PartOf(Operation operation) => model.PartOf(operation);

    /// <inheritdoc/>
    public override bool IsRead(Operation operation) => model.IsRead(operation);

    /// <inheritdoc/>
    /// <remarks>Only reads may be late: a <c>cas</c> compares with the latest value.</remarks>
    public override Value? Step(Value state, in Call call)
    {
        RegisterCall step = register.AsRegisterCall(call);
        Value latest = state.Items[^1];
        switch (step.Kind)
        {
            case RegisterCallKind.Read when call.Outcome == CallOutcome.Unknown:
            case RegisterCallKind.Nothing: return state;
            case RegisterCallKind.Read: return (call.F == "cas" ? latest.Equals(step.Expected) : state.Items.Contains(step.Expected)) ? state : null;
            case RegisterCallKind.Mismatch: return latest.Equals(step.Expected) ? null : state;
            case RegisterCallKind.Write: return With(state, step.Written);
            default:
                if (latest.Equals(step.Expected)) return With(state, step.Written);
                return call.Outcome == CallOutcome.Unknown ? state : null;
        }
    }

    private Value With(Value state, Value written) =>
        Value.List([.. state.Items[Math.Max(0, state.Items.Length + 1 - values)..], written]);
}
