namespace RaftCheck.Linearizability;

/// <summary>A list that only grows: what a read has found, as far as it goes.</summary>
internal sealed class AppendFilter(List<JudgedOperation> kept) : EffectFilter
{
    private readonly Value[] _found = [.. kept.Where(static each => each.Operation.F == "read" && each.Operation.Output is { Kind: ValueKind.List }).Select(static each => each.Operation.Output!)];

    /// <inheritdoc/>
    public override bool IsOfUse(in Call call, Value after)
    {
        foreach (Value found in _found)
        {
            if (found.Items.StartsWith(after.Items)) return true;
        }

        return false;
    }
}

/// <summary>A container: the elements that someone takes.</summary>
internal sealed class TakenFilter(SequenceModel model, List<JudgedOperation> kept, NilRead nilReads) : EffectFilter
{
    private readonly HashSet<Value> _taken = [.. kept.Where(each => !model.Puts(each.Operation.F)).Select(static each => each.Operation.Output ?? Value.Nil)];

    /// <inheritdoc/>
    public override bool MayBeOfUse(JudgedOperation judged) =>
        !model.Puts(judged.Operation.F) || _taken.Contains(judged.Operation.Input) || (nilReads == NilRead.Unconstrained && _taken.Contains(Value.Nil));

    /// <inheritdoc/>
    public override bool IsOfUse(in Call call, Value after) => true;
}
