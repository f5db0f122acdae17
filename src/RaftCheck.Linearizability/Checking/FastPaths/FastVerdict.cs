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
    /// is none: operations in which the contradiction shows, where the fast path knows them; possibly none.
    /// </summary>
    public int[] Positions { get; }

    /// <summary>
    /// If there is no order: the operation at whose return there is none any more, though there was one just before;
    /// -1 where the fast path does not know, and whoever asked it finds out by asking it about prefixes.
    /// </summary>
    public int Blocked { get; private init; } = -1;

    /// <summary>If <see cref="Blocked"/> is known: an order of everything that returned before.</summary>
    public int[] Prefix { get; private init; } = [];

    /// <summary>An order that explains every result.</summary>
    public static FastVerdict Linearizable(int[] order) => new(SearchEnd.Found, order);

    /// <summary>There is no order.</summary>
    /// <param name="culprits">Operations in which the contradiction shows; possibly none.</param>
    public static FastVerdict NotLinearizable(params int[] culprits) => new(SearchEnd.Exhausted, culprits);

    /// <summary>There is no order, and this is how far one goes.</summary>
    /// <param name="culprits">Operations in which the contradiction shows; possibly none.</param>
    /// <param name="blocked">The operation at whose return there is no order any more.</param>
    /// <param name="prefix">An order of everything that returned before.</param>
    public static FastVerdict NotLinearizable(int[] culprits, int blocked, int[] prefix) =>
        new(SearchEnd.Exhausted, culprits) { Blocked = blocked, Prefix = prefix };

    /// <summary>The check ran out of what it may spend.</summary>
    public static FastVerdict Undecided(SearchEnd end) => new(end, []);
}
