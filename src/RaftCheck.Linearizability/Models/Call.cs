namespace RaftCheck.Linearizability;

/// <summary>What is known of how a call ended.</summary>
public enum CallOutcome
{
    /// <summary>It returned, with <see cref="Call.Output"/>.</summary>
    Returned,

    /// <summary>It found another value than it expected, said so, and changed nothing. Only a <c>cas</c> can.</summary>
    Mismatched,

    /// <summary>Nothing is known: every result is possible.</summary>
    Unknown,
}

/// <summary>One operation as a model's step sees it.</summary>
/// <param name="F">The name of the operation.</param>
/// <param name="Input">Its argument.</param>
/// <param name="Output">Its result; nil unless it returned.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="NilReads">What a nil in its result says.</param>
public readonly record struct Call(string F, Value Input, Value Output, CallOutcome Outcome, NilRead NilReads)
{
    /// <summary>The client. Only a model that says that it <see cref="Model.DistinguishesProcesses"/> may look at it.</summary>
    public long Process { get; init; }

    /// <summary>The key that it is about; <see langword="null"/> if it has none. Of interest where a part spans keys.</summary>
    public string? Key { get; init; }

    /// <summary>Whether a state that holds <paramref name="held"/> explains that the call read <paramref name="read"/>.</summary>
    public bool Explains(Value held, Value read)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(read);
        return Outcome == CallOutcome.Unknown
            || (read.IsNil && NilReads == NilRead.Unconstrained)
            || held.Equals(read);
    }
}
