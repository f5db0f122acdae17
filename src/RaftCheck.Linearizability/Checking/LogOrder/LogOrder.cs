namespace RaftCheck.Linearizability;

/// <summary>What the order of a log says of a history.</summary>
public enum LogOrderVerdict
{
    /// <summary>
    /// The operations, taken in the order of the log, explain every result, and keep to real time: those with a position
    /// all together, the others with those of their own part.
    /// </summary>
    Explains,

    /// <summary>They do not, though another order may: the system did not do what it says that it did.</summary>
    Contradicts,

    /// <summary>What the log does not say, the operations without a position, took too long to try out.</summary>
    Undecided,
}

/// <summary>
/// What became of the positions in a replicated log that a history's operations carry. A history that is linearizable,
/// and not in the order of its log, was explained by luck: that is a finding of its own. Immutable.
/// </summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Operation">The operation at which the log's order fails; <see langword="null"/> if it does not.</param>
/// <param name="Other">The operation that it contradicts, where it is a single one.</param>
/// <param name="Explanation">The finding in one sentence.</param>
public sealed record LogOrder(LogOrderVerdict Verdict, Operation? Operation, Operation? Other, string Explanation);
