namespace RaftCheck.Linearizability;

/// <summary>
/// Knows which effects of operations that need not have happened can be of use to those that must have: an order that
/// lets any other effect happen remains one without it. It only makes judgements faster. Immutable once built.
/// </summary>
internal abstract class EffectFilter
{
    /// <summary>Whether an operation can be of use at all.</summary>
    public virtual bool MayBeOfUse(JudgedOperation judged) => true;

    /// <summary>Whether an operation may as well be held to have happened, whatever it returned: then nobody needs to ask.</summary>
    public virtual bool IsHarmless(JudgedOperation judged) => false;

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
        SetModel => new MentionedFilter(model.Initial, kept, others),
        MultiRegisterModel => new RegistersFilter(kept),
        ListAppendModel => new ListsFilter(kept),
        _ => null,
    };
}
