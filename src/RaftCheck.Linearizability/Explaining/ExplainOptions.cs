namespace RaftCheck.Linearizability;

/// <summary>What an explanation may spend, and how it reads failures.</summary>
public sealed record ExplainOptions
{
    /// <summary>Enough for what people can read.</summary>
    public static ExplainOptions Default { get; } = new();

    /// <summary>How failed <c>cas</c> operations were read when the history was judged.</summary>
    public CasFail CasFail { get; init; }

    /// <summary>
    /// How many configurations the whole explanation may explore, zero or more. Deterministic. What it has when they are
    /// used up is still true; it may be less than smallest.
    /// </summary>
    public long MaxStates { get; init; } = 2_000_000;

    /// <summary>
    /// How long the explanation may take, zero or more; <see langword="null"/> for as long as it needs. The only option
    /// that makes it depend on the machine.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many partial linearizations to write down at most, zero or more.</summary>
    public int MaxPartialLinearizations { get; init; } = 16;

    /// <summary>Rejects what is out of range.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxStates, nameof(MaxStates));
        ArgumentOutOfRangeException.ThrowIfLessThan(Timeout ?? TimeSpan.Zero, TimeSpan.Zero, nameof(Timeout));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxPartialLinearizations, nameof(MaxPartialLinearizations));
    }
}
