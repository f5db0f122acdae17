namespace RaftCheck.Linearizability;

/// <summary>A register: the values that someone finds, what they were swapped for, and what is appended to on the way to them.</summary>
internal sealed class RegisterFilter(IRegisterLike register, HashSet<Value> found, bool appends, NilRead nilReads) : EffectFilter
{
    public static RegisterFilter? TryBuild(IRegisterLike register, List<JudgedOperation> kept, List<JudgedOperation> others, NilRead nilReads)
    {
        var found = new HashSet<Value>();
        bool appends = false;
        foreach (JudgedOperation judged in kept)
        {
            RegisterCall call = register.AsRegisterCall(SearchInput.CallOf(judged, nilReads));
            // Any value at all may be of use to one that found another value than it expected.
            if (call.Kind == RegisterCallKind.Mismatch) return null;
            if (call.Kind is RegisterCallKind.Read or RegisterCallKind.Swap) found.Add(call.Expected);
        }

        var swaps = new List<RegisterCall>();
        foreach (JudgedOperation judged in others)
        {
            RegisterCall call = register.AsRegisterCall(SearchInput.CallOf(judged with { Outcome = CallOutcome.Unknown }, nilReads));
            if (call.Kind == RegisterCallKind.Swap) swaps.Add(call);
            appends |= call.Kind == RegisterCallKind.Other;
        }

        appends |= kept.Exists(judged => register.AsRegisterCall(SearchInput.CallOf(judged, nilReads)).Kind == RegisterCallKind.Other);
        var filter = new RegisterFilter(register, found, appends, nilReads);
        for (int before = -1; before != found.Count;)
        {
            before = found.Count;
            foreach (RegisterCall swap in swaps)
            {
                if (filter.IsOnTheWay(swap.Written)) found.Add(swap.Expected);
            }
        }

        return filter;
    }

    /// <inheritdoc/>
    public override bool MayBeOfUse(JudgedOperation judged)
    {
        RegisterCall call = register.AsRegisterCall(SearchInput.CallOf(judged with { Outcome = CallOutcome.Unknown }, nilReads));
        return call.Kind switch
        {
            RegisterCallKind.Write or RegisterCallKind.Swap => IsOnTheWay(call.Written),
            RegisterCallKind.Other => true,
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override bool IsOfUse(in Call call, Value after) => IsOnTheWay(after);

    private bool IsOnTheWay(Value value)
    {
        if (found.Contains(value)) return true;
        if (!appends) return false;
        foreach (Value each in found)
        {
            if (each.Kind == ValueKind.String && each.AsText.StartsWith(value.AsText, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
