namespace RaftCheck.Linearizability;

/// <summary>What a check found.</summary>
public enum Verdict
{
    /// <summary>An order of the operations explains everything that the clients saw.</summary>
    Linearizable,

    /// <summary>No order of the operations does.</summary>
    NotLinearizable,

    /// <summary>The check ran out of what it may spend. Never a pass.</summary>
    Undecided,
}

/// <summary>The operations of one part of the state, in an order that explains what the clients saw.</summary>
/// <param name="Partition">The part, as <see cref="Model.PartOf"/> names it.</param>
/// <param name="Operations">
/// Every operation that completed, and those indeterminate ones that took effect. Failed operations are not in it,
/// except a <c>cas</c> that was seen to mismatch.
/// </param>
public sealed record Linearization(string? Partition, IReadOnlyList<Operation> Operations);

/// <summary>The outcome of a check. Immutable.</summary>
public sealed record CheckResult
{
    /// <summary>What was found.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>
    /// The part of the state that is not linearizable, or could not be decided: a key, for models that have keys.
    /// <see langword="null"/> when the model has one part only, and on a pass.
    /// </summary>
    public string? Partition { get; init; }

    /// <summary>
    /// Where the check could get no further: everything that returned before this operation returned can be explained,
    /// this operation besides cannot. The general search and the frontier, like Knossos, hold operations that are still
    /// pending there to what they returned later; <see cref="Linearizability.Explanation.Breaking"/> is the first return
    /// at which the prefix by itself is not linearizable. <see langword="null"/> unless <see cref="Verdict"/> is
    /// <see cref="Verdict.NotLinearizable"/>, and where a fast path could not tell in time.
    /// </summary>
    public Operation? FirstNonLinearizable { get; init; }

    /// <summary>
    /// A longest order found that fits everything that returned before <see cref="FirstNonLinearizable"/> did. Empty on a pass.
    /// An operation that returned later was of unknown end then, and may be in it with another result than it had later.
    /// </summary>
    public IReadOnlyList<Operation> LongestPrefix { get; init; } = [];

    /// <summary>The model's state after <see cref="LongestPrefix"/>; <see langword="null"/> on a pass.</summary>
    public Value? StateAfterPrefix { get; init; }

    /// <summary>The certificate of a pass: an order for each part. Empty otherwise.</summary>
    public IReadOnlyList<Linearization> Linearization { get; init; } = [];

    /// <summary>
    /// How the verdict was reached: <c>search</c>, or the names of the fast paths that fitted the history's shape, in
    /// the order in which they were first used. Empty when there was nothing to judge.
    /// </summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>
    /// On a violation, operations in which the contradiction shows, in the order of their calls, as far as the method
    /// that found it knows them. A hint for those who look for a smallest such set; empty on a pass.
    /// </summary>
    public IReadOnlyList<Operation> Culprits { get; init; } = [];

    /// <summary>
    /// Whether the order of the log explains the history; <see langword="null"/> if no operation says where in a log it
    /// took effect, or there is no order at all.
    /// </summary>
    public LogOrder? LogOrder { get; init; }

    /// <summary>How many configurations were explored; the same in every run that is not cut short by time.</summary>
    public required long StatesExplored { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Explanation { get; init; }
}
