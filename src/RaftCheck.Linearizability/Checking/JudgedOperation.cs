namespace RaftCheck.Linearizability;

/// <summary>An operation that the search has to place.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Outcome">How it counts. One of unknown outcome may be left out of the order.</param>
internal readonly record struct JudgedOperation(Operation Operation, CallOutcome Outcome)
{
    /// <summary>Whether it must be placed before its return.</summary>
    public bool IsCompleted => Outcome != CallOutcome.Unknown;

    /// <summary>How an operation counts; <see langword="null"/> when it says nothing and is left out.</summary>
    public static CallOutcome? Judge(Model model, Operation operation, CasFail casFail) => operation.Completion switch
    {
        Completion.Ok => CallOutcome.Returned,
        Completion.Fail => SawMismatch(model, operation, casFail) ? CallOutcome.Mismatched : null,
        // One that cannot change the state and whose result nobody knows constrains nothing.
        _ => model.IsRead(operation) ? null : CallOutcome.Unknown,
    };

    private static bool SawMismatch(Model model, Operation operation, CasFail casFail) =>
        model.Compares(operation.F)
        && (casFail == CasFail.SeenToMismatch || operation.Error == HistoryEvent.MismatchError);
}
