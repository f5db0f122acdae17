namespace RaftCheck.Linearizability;

/// <summary>One line of a history.</summary>
/// <param name="Index">Position in the history, from 0; rises from line to line.</param>
/// <param name="Type">Call, or kind of return.</param>
/// <param name="Process">The client, from 0; a process has one operation at a time. <see cref="NemesisProcess"/> for the nemesis.</param>
/// <param name="F">The name of the operation, as the model calls it: <c>read</c>, <c>put</c> …</param>
/// <param name="Key">The key it is about; <see langword="null"/> when the system has no keys, and allowed on a return, which has its call's key.</param>
/// <param name="Value">On a call its argument, on an <c>ok</c> its result; otherwise of no consequence.</param>
/// <param name="TimeNs">Nanoseconds since the start of the run (virtual in our own runs); -1 when not known.</param>
/// <param name="Error">Why it failed, or is not known to have returned; <see langword="null"/> when nothing was said.</param>
public sealed record HistoryEvent(
    int Index,
    EventType Type,
    long Process,
    string F,
    string? Key,
    Value Value,
    long TimeNs,
    string? Error)
{
    /// <summary>The process of every line that is not a client's: the faults a run applies, for display only.</summary>
    public const long NemesisProcess = -1;

    /// <summary>The <see cref="Error"/> of a failed <c>cas</c> that was seen to find another value than it expected.</summary>
    public const string MismatchError = "mismatch";

    /// <summary>
    /// On a return: where in the system's replicated log the operation took effect (a read: the position that it was served
    /// at). <see langword="null"/> when not known.
    /// </summary>
    public LogPosition? Log { get; init; }

    /// <summary>Whether this line is the nemesis's and not a client's.</summary>
    public bool IsNemesis => Process < 0;
}
