namespace RaftCheck.Linearizability;

/// <summary>
/// Knows which effects of operations that need not have happened can be of use to those that must have: an order that
/// lets any other effect happen remains one without it. It only makes judgements faster. Immutable once built.
/// </summary>
internal abstract class EffectFilter
{
    /// <summary>Whether an operation can be of use at all.</summary>
    public virtual bool MayBeOfUse(JudgedOperation judged) => true;

    /// <summary>Whether an effect can be of use.</summary>
    public abstract bool IsOfUse(in Call call, Value after);

    /// <summary>What a model knows of the effects that are of use; <see langword="null"/> if it knows nothing.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kept">What must have happened.</param>
    /// <param name="others">What may have happened.</param>
    /// <param name="nilReads">What a read of nil says.</param>
    public static EffectFilter? For(Model model, List<JudgedOperation> kept, List<JudgedOperation> others, NilRead nilReads) => model switch
    {
        IRegisterLike register => RegisterFilter.TryBuild(register, kept, others, nilReads),
        AppendListModel => new AppendFilter(kept),
        SequenceModel sequence => new TakenFilter(sequence, kept, nilReads),
        SetModel => new MentionedFilter(model.Initial, kept),
        _ => null,
    };

    /// <summary>A register: the values that someone finds, what they were swapped for, and what is appended to on the way to them.</summary>
    private sealed class RegisterFilter(IRegisterLike register, HashSet<Value> found, bool appends, NilRead nilReads) : EffectFilter
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

    /// <summary>A list that only grows: what a read has found, as far as it goes.</summary>
    private sealed class AppendFilter(List<JudgedOperation> kept) : EffectFilter
    {
        private readonly Value[] _found = [.. kept.Where(static each => each.Operation.F == "read" && each.Operation.Output is { Kind: ValueKind.List }).Select(static each => each.Operation.Output!)];

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
    private sealed class TakenFilter(SequenceModel model, List<JudgedOperation> kept, NilRead nilReads) : EffectFilter
    {
        private readonly HashSet<Value> _taken = [.. kept.Where(each => !model.Puts(each.Operation.F)).Select(static each => each.Operation.Output ?? Value.Nil)];

        public override bool MayBeOfUse(JudgedOperation judged) =>
            !model.Puts(judged.Operation.F) || _taken.Contains(judged.Operation.Input) || (nilReads == NilRead.Unconstrained && _taken.Contains(Value.Nil));

        public override bool IsOfUse(in Call call, Value after) => true;
    }

    /// <summary>A set: the elements that someone speaks of.</summary>
    private sealed class MentionedFilter : EffectFilter
    {
        private readonly HashSet<Value> _mentioned = [];

        public MentionedFilter(Value initial, List<JudgedOperation> kept)
        {
            foreach (Value element in initial.Items) _mentioned.Add(element);
            foreach (JudgedOperation judged in kept)
            {
                if (judged.Operation.F != "read") _mentioned.Add(judged.Operation.Input);
                else foreach (Value element in (judged.Operation.Output ?? Value.Nil).Items) _mentioned.Add(element);
            }
        }

        public override bool MayBeOfUse(JudgedOperation judged) => _mentioned.Contains(judged.Operation.Input);

        public override bool IsOfUse(in Call call, Value after) => true;
    }
}
