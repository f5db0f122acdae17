namespace RaftCheck.Linearizability;

/// <summary>
/// The steps that led to the configurations of a frontier, as a tree: each step knows the one before it. What no
/// configuration needs any more is thrown away when the tree is full; what is left then is little more than one path,
/// because all configurations soon have an ancestor in common. For one thread.
/// </summary>
internal sealed class StepTree
{
    /// <summary>No step.</summary>
    public const int Root = -1;

    private const int InitialSize = 1 << 6;
    private const int SmallestCleanUp = 1 << 16;
    private Step[] _steps = new Step[InitialSize];
    private int _cleanUpAt = SmallestCleanUp;

    /// <summary>How many steps there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes the tree holds.</summary>
    public long SizeBytes => 12L * _steps.Length;

    /// <summary>Whether it is time to look what can be thrown away.</summary>
    public bool IsDueForCleanUp => Count >= _cleanUpAt;

    /// <summary>Adds a step.</summary>
    /// <param name="before">The step before it.</param>
    /// <param name="operation">The operation that takes effect.</param>
    /// <param name="at">The event just before which it does.</param>
    public int Add(int before, int operation, int at)
    {
        if (Count == _steps.Length) Array.Resize(ref _steps, _steps.Length * 2);
        _steps[Count] = new Step(before, operation, at);
        return Count++;
    }

    /// <summary>Empties the tree.</summary>
    public void Clear()
    {
        Count = 0;
        _cleanUpAt = SmallestCleanUp;
    }

    /// <summary>The steps up to one, the first of them first.</summary>
    public List<(int Operation, int At)> PathTo(int node)
    {
        var path = new List<(int, int)>();
        for (; node != Root; node = _steps[node].Before) path.Add((_steps[node].Operation, _steps[node].At));
        path.Reverse();
        return path;
    }

    /// <summary>Throws away what does not lead to a configuration of the set.</summary>
    public void KeepOnlyPathsTo(FrontierSet set)
    {
        var isKept = new bool[Count];
        for (int i = 0; i < set.Count; i++)
        {
            if (set.IsAlive(i) && set.Node(i) != Root) isKept[set.Node(i)] = true;
        }

        // A step comes after the one before it, so one pass down finds all that lead anywhere.
        for (int i = Count - 1; i >= 0; i--)
        {
            if (isKept[i] && _steps[i].Before != Root) isKept[_steps[i].Before] = true;
        }

        var moved = new int[Count];
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (!isKept[i]) continue;
            Step step = _steps[i];
            moved[i] = kept;
            _steps[kept++] = step with { Before = step.Before == Root ? Root : moved[step.Before] };
        }

        Count = kept;
        for (int i = 0; i < set.Count; i++)
        {
            if (set.IsAlive(i) && set.Node(i) != Root) set.Node(i) = moved[set.Node(i)];
        }

        // Most of it is one path that grows with the history: looking again soon would find little.
        _cleanUpAt = Math.Max(SmallestCleanUp, 2 * Count);
    }

    private readonly record struct Step(int Before, int Operation, int At);
}
