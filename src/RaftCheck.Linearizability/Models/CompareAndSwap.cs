namespace RaftCheck.Linearizability;

/// <summary>The step of a <c>cas</c>, whose argument is <c>[expected new]</c>.</summary>
internal static class CompareAndSwap
{
    /// <summary>The state after it; <see langword="null"/> when it cannot have ended as it did.</summary>
    public static Value? Step(Value state, in Call call)
    {
        bool matches = state.Equals(call.Input.Items[0]);
        Value swapped = call.Input.Items[1];
        return call.Outcome switch
        {
            CallOutcome.Returned => matches ? swapped : null,
            CallOutcome.Mismatched => matches ? null : state,
            // One that found a mismatch, whenever it did so, changed nothing.
            _ => matches ? swapped : state,
        };
    }

    /// <summary>Why that is not an argument of a <c>cas</c>; <see langword="null"/> when it is.</summary>
    public static string? Complaint(Value input) =>
        input.Kind == ValueKind.List && input.Items.Length == 2
            ? null
            : $"the value of a cas is [expected new], not {OneLine.Shorten(input.ToString())}";
}
