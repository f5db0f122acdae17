namespace RaftCheck.Linearizability;

/// <summary>What a history can keep to, the strongest first. docs/EXPLANATIONS.md says of each what it means.</summary>
public enum ConsistencyLevel
{
    /// <summary>Each operation takes effect once, between its call and its return.</summary>
    Linearizable,

    /// <summary>The same, but a read may return any of the last k values.</summary>
    KStale,

    /// <summary>Operations take effect one after another, those of a process in its order, whenever that is.</summary>
    Sequential,

    /// <summary>No read returns what was overwritten by something that the reader may know of.</summary>
    Causal,

    /// <summary>Who sees a write does not then see what its writer had seen before writing.</summary>
    WritesFollowReads,

    /// <summary>Who sees a process's write does not then see an earlier one of it.</summary>
    MonotonicWrites,

    /// <summary>A process does not see something older than what it has seen.</summary>
    MonotonicReads,

    /// <summary>A process does not see something older than what it has written.</summary>
    ReadYourWrites,
}

/// <summary>Whether a level holds.</summary>
public enum LevelAnswer
{
    /// <summary>It does.</summary>
    Holds,

    /// <summary>It does not.</summary>
    DoesNotHold,

    /// <summary>The explanation ran out of what it may spend.</summary>
    Undecided,

    /// <summary>The level has no meaning for the model, or no check for such a history: the detail says why.</summary>
    NotApplicable,
}

/// <summary>A level, and whether it holds.</summary>
/// <param name="Level">The level.</param>
/// <param name="Answer">Whether it holds.</param>
/// <param name="K">Of <see cref="ConsistencyLevel.KStale"/>, if it holds, the smallest k for which it does; 2 or more.</param>
/// <param name="Detail">What else there is to say.</param>
public sealed record LevelResult(ConsistencyLevel Level, LevelAnswer Answer, int? K = null, string? Detail = null);
