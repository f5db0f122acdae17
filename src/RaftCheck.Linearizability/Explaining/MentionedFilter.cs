namespace RaftCheck.Linearizability;

/// <summary>A set: the elements that someone speaks of.</summary>
internal sealed class MentionedFilter : EffectFilter
{
    private readonly HashSet<Value> _mentioned = [];
    private readonly HashSet<Value> _doubtful = [];
    private readonly Value[] _reads;

    /// <summary>What is said of elements by those that must have happened, and of removals by all.</summary>
    public MentionedFilter(Value initial, List<JudgedOperation> kept, List<JudgedOperation> others)
    {
        foreach (Value element in initial.Items) _mentioned.Add(element);
        foreach (JudgedOperation judged in kept)
        {
            if (judged.Operation.F == "read")
            {
                foreach (Value element in (judged.Operation.Output ?? Value.Nil).Items) _mentioned.Add(element);
                continue;
            }

            _mentioned.Add(judged.Operation.Input);
            if (judged.Operation.F != "add" || judged.Operation.Output is { Kind: ValueKind.Bool }) _doubtful.Add(judged.Operation.Input);
        }

        foreach (JudgedOperation judged in others)
        {
            if (judged.Operation.F == "remove") _doubtful.Add(judged.Operation.Input);
        }

        _reads = [.. kept.Where(static each => each.Operation.F == "read").Select(static each => each.Operation.Output ?? Value.Nil)];
    }

    /// <inheritdoc/>
    public override bool MayBeOfUse(JudgedOperation judged) => _mentioned.Contains(judged.Operation.Input);

    /// <inheritdoc/>
    /// <remarks>To add what every read has seen, and nobody may have removed, does no harm.</remarks>
    public override bool IsHarmless(JudgedOperation judged) =>
        judged.Operation.F == "add" && !_doubtful.Contains(judged.Operation.Input) && Array.TrueForAll(_reads, read => read.Items.Contains(judged.Operation.Input));

    /// <inheritdoc/>
    public override bool IsOfUse(in Call call, Value after) => true;
}
