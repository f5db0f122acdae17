namespace RaftCheck.Linearizability;

/// <summary>Registers under transactions: the values that someone finds.</summary>
internal sealed class RegistersFilter : EffectFilter
{
    private readonly HashSet<(Value Register, Value Value)> _found = [];

    /// <summary>What those find that must have happened.</summary>
    public RegistersFilter(List<JudgedOperation> kept)
    {
        foreach (JudgedOperation judged in kept)
        {
            foreach (Value micro in (judged.Operation.Output ?? Value.Nil).Items)
            {
                if (!MultiRegisterModel.IsWrite(micro)) _found.Add((MultiRegisterModel.Register(micro.Items[1]), micro.Items[2]));
            }
        }
    }

    /// <inheritdoc/>
    public override bool IsOfUse(in Call call, Value after)
    {
        foreach (Value micro in call.Input.Items)
        {
            if (MultiRegisterModel.IsWrite(micro) && _found.Contains((MultiRegisterModel.Register(micro.Items[1]), micro.Items[2]))) return true;
        }

        return false;
    }
}

/// <summary>Lists under transactions: what someone has found, as far as it goes.</summary>
internal sealed class ListsFilter : EffectFilter
{
    private readonly List<(Value Key, Value List)> _found = [];

    /// <summary>What those find that must have happened.</summary>
    public ListsFilter(List<JudgedOperation> kept)
    {
        foreach (JudgedOperation judged in kept)
        {
            foreach (Value micro in (judged.Operation.Output ?? Value.Nil).Items)
            {
                if (!ListAppendModel.IsAppend(micro) && !micro.Items[2].IsNil) _found.Add((micro.Items[1], micro.Items[2]));
            }
        }
    }

    /// <inheritdoc/>
    public override bool IsOfUse(in Call call, Value after)
    {
        foreach (Value micro in call.Input.Items)
        {
            if (!ListAppendModel.IsAppend(micro)) continue;
            Value list = after.Find(micro.Items[1])!;
            foreach ((Value key, Value found) in _found)
            {
                if (key.Equals(micro.Items[1]) && found.Items.StartsWith(list.Items)) return true;
            }
        }

        return false;
    }
}
