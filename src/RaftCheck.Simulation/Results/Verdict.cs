namespace RaftCheck.Simulation.Results;

/// <summary>How a run ends: in exactly one of these.</summary>
public enum Verdict
{
    /// <summary>Every property held, and the history is linearizable.</summary>
    Pass,

    /// <summary>A property was violated.</summary>
    Violation,

    /// <summary>A budget ended before the run could be judged. Never a pass.</summary>
    Undecided,

    /// <summary>A fault of our own: an uncontrolled operation, or an exception outside of the system under test.</summary>
    Error,
}

/// <summary>What was violated, and where.</summary>
/// <param name="Property">The property's name.</param>
/// <param name="Message">What happened, in one sentence, with the values.</param>
/// <param name="TimeUs">When, in virtual microseconds.</param>
/// <param name="TraceIndex">How many events the trace had at that moment.</param>
public sealed record Violation(string Property, string Message, long TimeUs, int TraceIndex);
