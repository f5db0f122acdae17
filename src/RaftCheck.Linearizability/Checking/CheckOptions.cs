namespace RaftCheck.Linearizability;

/// <summary>What a check may spend, and how it reads failures.</summary>
public sealed record CheckOptions
{
    /// <summary>No limits, and a failed operation did not take effect.</summary>
    public static CheckOptions Default { get; } = new();

    /// <summary>
    /// How long the whole check may take, zero or more; <see langword="null"/> for as long as it needs. The only option
    /// that makes a verdict depend on the machine: prefer <see cref="MaxStates"/> where runs must repeat.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How much of <see cref="Timeout"/> was spent before the check, zero or more: on reading the history, say.</summary>
    public TimeSpan TimeSpent { get; init; }

    /// <summary>
    /// How many bytes the search may hold at once for what it has visited, zero or more; <see langword="null"/> for as
    /// much as arrays can hold. An account of the arrays and states, not a measurement of the process.
    /// </summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>
    /// How many configurations (which operations have taken effect, and the state after them) the whole check may
    /// explore, zero or more; <see langword="null"/> for all. Deterministic.
    /// </summary>
    public long? MaxStates { get; init; }

    /// <summary>How to judge a failed <c>cas</c> that does not say why it failed.</summary>
    public CasFail CasFail { get; init; }

    /// <summary>
    /// How many parts of a long history may be judged at the same time, one or more; as many as there are processors
    /// unless said otherwise. The result is the same for every number.
    /// </summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Rejects what is out of range.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Timeout ?? TimeSpan.Zero, TimeSpan.Zero, nameof(Timeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(TimeSpent, TimeSpan.Zero, nameof(TimeSpent));
        ArgumentOutOfRangeException.ThrowIfNegative(MemoryLimitBytes ?? 0, nameof(MemoryLimitBytes));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxStates ?? 0, nameof(MaxStates));
        ArgumentOutOfRangeException.ThrowIfLessThan(Parallelism, 1, nameof(Parallelism));
    }
}

/// <summary>
/// How to judge a failed <c>cas</c> that does not say why it failed. One whose error is
/// <see cref="HistoryEvent.MismatchError"/> was seen to mismatch in either case.
/// </summary>
public enum CasFail
{
    /// <summary>It did not take effect, for whatever reason; it says nothing about the state. As Knossos has it.</summary>
    DidNotTakeEffect,

    /// <summary>It found another value than it expected, between its call and its return. As porcupine has it.</summary>
    SeenToMismatch,
}
