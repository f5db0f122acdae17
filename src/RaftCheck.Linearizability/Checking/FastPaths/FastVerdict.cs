namespace RaftCheck.Linearizability;

/// <summary>What a fast path found. Positions are those of the operations in their part.</summary>
internal sealed class FastVerdict
{
    private FastVerdict(SearchEnd end, int[] positions)
    {
        End = end;
        Positions = positions;
    }

    /// <summary><see cref="SearchEnd.Found"/>, <see cref="SearchEnd.Exhausted"/>, or what ran out.</summary>
    public SearchEnd End { get; }

    /// <summary>
    /// If there is an order: all completed operations, and the unknown ones that took effect, in that order. If there
    /// is none: the operations that contradict each other, where the fast path knows them; possibly none.
    /// </summary>
    public int[] Positions { get; }

    /// <summary>An order that explains every result.</summary>
    public static FastVerdict Linearizable(int[] order) => new(SearchEnd.Found, order);

    /// <summary>There is no order.</summary>
    /// <param name="culprits">Operations that contradict each other, whatever the others did; possibly none.</param>
    public static FastVerdict NotLinearizable(params int[] culprits) => new(SearchEnd.Exhausted, culprits);

    /// <summary>The check ran out of what it may spend.</summary>
    public static FastVerdict Undecided(SearchEnd end) => new(end, []);
}
