namespace RaftCheck.Linearizability;

/// <summary>What a sentence can be about.</summary>
/// <param name="History">The whole history.</param>
/// <param name="Model">The model.</param>
/// <param name="Part">All operations of the part that is wrong.</param>
/// <param name="Core">Those that contradict one another, in the order of their calls.</param>
/// <param name="Breaking">The operation at whose return there was no order any more, if that is known.</param>
/// <param name="Partial">Orders of what returned before.</param>
/// <param name="StatesBefore">The states in which the system may have been before that return; <see langword="null"/> if no order is known.</param>
internal sealed record Situation(
    History History, Model Model, Part Part, List<JudgedOperation> Core, Operation? Breaking,
    IReadOnlyList<PartialLinearization> Partial, Lazy<PossibleStates?> StatesBefore)
{
    /// <summary>An operation as the model sees it.</summary>
    public Call CallOf(JudgedOperation judged) => SearchInput.CallOf(judged, History.NilReads);

    /// <summary>Whether one had returned when the other was called.</summary>
    public static bool Precedes(JudgedOperation one, Operation other) => one.IsCompleted && one.Operation.ReturnIndex < other.InvokeIndex;

    /// <summary>
    /// Whether an operation may have taken effect, by real time, after one had begun and before another one had ended.
    /// </summary>
    public static bool MayFallBetween(JudgedOperation judged, Operation from, Operation until) =>
        judged.Operation.InvokeIndex < (until.ReturnIndex ?? int.MaxValue) && !Precedes(judged, from);

    /// <summary>An operation in a sentence: <c>`write 2` by process 0 (events 2 to 3)</c>.</summary>
    public static string Name(Operation operation)
    {
        string input = operation.Input.IsNil ? "" : " " + OneLine.Shorten(operation.Input.ToString());
        string events = operation.ReturnIndex is int end ? $"events {operation.InvokeIndex} to {end}" : $"event {operation.InvokeIndex}";
        return OneLine.Of($"`{operation.F}{input}` by process {operation.Process} ({events})");
    }

    /// <summary>A value in a sentence.</summary>
    public static string Name(Value value) => OneLine.Of(OneLine.Shorten(value.ToString()));
}
