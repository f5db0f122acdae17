namespace RaftCheck.Linearizability;

/// <summary>What became of one part.</summary>
internal sealed record Judgement(Part Part, SearchEnd End)
{
    /// <summary>The way of judging that settled it, or that had the last try.</summary>
    public string Method { get; init; } = PartJudge.SearchName;

    /// <summary>
    /// If there is an order: the operations in it. If there is none: those of the longest prefix that has one, as far
    /// as it is known.
    /// </summary>
    public Operation[] Order { get; init; } = [];

    /// <summary>If there is no order, the operation at whose return there is none any more, if that is known.</summary>
    public Operation? Blocked { get; init; }

    /// <summary>The state after <see cref="Order"/>.</summary>
    public Value? StateAfter { get; init; }

    /// <summary>If there is no order, operations in which that shows, if the method knows any.</summary>
    public Operation[] Culprits { get; init; } = [];

    /// <summary>How many of the part's completed operations the best attempt at an undecided part could place.</summary>
    public int Placed { get; init; }

    /// <summary>What the order of the log failed at, if it did and something else was found.</summary>
    public LogOrder? LogOrder { get; init; }

    /// <summary>How many configurations were explored.</summary>
    public long StatesExplored { get; init; }
}
