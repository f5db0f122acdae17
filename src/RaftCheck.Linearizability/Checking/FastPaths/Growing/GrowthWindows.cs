namespace RaftCheck.Linearizability;

/// <summary>
/// Between which moments each element must have come, by what is said of that element alone: it came with the first of its
/// adds. For one thread.
/// </summary>
internal sealed class GrowthWindows(GrowthHistory history)
{
    private const int None = GrowthHistory.None;
    private const int Never = GrowthHistory.Never;

    private readonly int[] _notBefore = new int[history.ElementCount];
    private readonly int[] _notBeforeBy = new int[history.ElementCount];
    private readonly int[] _claimants = new int[history.ElementCount];
    private readonly int[] _rivals = new int[history.ElementCount];
    private readonly bool[] _isInitial = InitialOf(history);

    /// <summary>After which moment each came; <see cref="GrowthHistory.Never"/> if it cannot have come.</summary>
    public int[] From { get; } = new int[history.ElementCount];

    /// <summary>Whose call that was.</summary>
    public int[] FromBy { get; } = new int[history.ElementCount];

    /// <summary>Before which moment each came for certain; <see cref="GrowthHistory.Never"/> if it need not have come.</summary>
    public int[] Until { get; } = new int[history.ElementCount];

    /// <summary>Whose return that was.</summary>
    public int[] UntilBy { get; } = new int[history.ElementCount];

    /// <summary>Which add it came with, if it came.</summary>
    public int[] First { get; } = new int[history.ElementCount];

    /// <summary>What was known at some moment.</summary>
    public void Load(int horizon)
    {
        Clear();
        for (int i = 0; i < history.Calls.Length && history.Calls[i] <= horizon; i++)
        {
            bool isDone = history.Returns[i] <= horizon;
            int element = history.Elements[i];
            switch (history.Kinds[i])
            {
                case GrowthCallKind.Add:
                    Add(i, element, isDone ? history.AreNew[i] : null);
                    if (isDone) Limit(i, element);
                    break;
                case GrowthCallKind.Has when isDone:
                    Limit(i, element);
                    break;
                case GrowthCallKind.HasNot when isDone:
                    // Calls come in order, so this is the last so far.
                    (_notBefore[element], _notBeforeBy[element]) = (history.Calls[i], i);
                    break;
            }
        }

        for (int element = 0; element < From.Length; element++) Begin(element);
    }

    /// <summary>Before which moment an element came, if it did.</summary>
    public int LastMoment(int element) =>
        First[element] == None ? Until[element] : Math.Min(Until[element], history.Expires[First[element]]);

    /// <summary>Those that leave an element no moment to come.</summary>
    public int[] Culprits(int element) =>
        _rivals[element] != None ? [_claimants[element], _rivals[element]] : [FromBy[element], UntilBy[element]];

    private static bool[] InitialOf(GrowthHistory history)
    {
        var isInitial = new bool[history.ElementCount];
        foreach (int element in history.Initially) isInitial[element] = true;
        return isInitial;
    }

    private void Clear()
    {
        Array.Fill(_notBefore, GrowthHistory.BeforeAll);
        Array.Fill(Until, Never);
        foreach (int[] operations in (int[][])[_notBeforeBy, _claimants, _rivals, FromBy, UntilBy, First]) Array.Fill(operations, None);
        foreach (int element in history.Initially) Until[element] = -1;
    }

    private void Add(int add, int element, bool? isNew)
    {
        if (isNew == true)
        {
            if (_claimants[element] != None || _isInitial[element]) _rivals[element] = add;
            else _claimants[element] = add;
        }
        else if (isNew is null && First[element] == None && !_isInitial[element])
        {
            // The one that was called first can come first: it returns no sooner than the first that returns.
            First[element] = add;
        }
    }

    private void Limit(int operation, int element)
    {
        if (history.Returns[operation] < Until[element]) (Until[element], UntilBy[element]) = (history.Returns[operation], operation);
    }

    private void Begin(int element)
    {
        if (_claimants[element] != None) First[element] = _claimants[element];
        FromBy[element] = First[element];
        From[element] = _isInitial[element] ? GrowthHistory.BeforeAll : First[element] == None ? Never : history.Calls[First[element]];
        if (_notBefore[element] > From[element]) (From[element], FromBy[element]) = (_notBefore[element], _notBeforeBy[element]);
        if (_rivals[element] != None) From[element] = Never;
    }
}
