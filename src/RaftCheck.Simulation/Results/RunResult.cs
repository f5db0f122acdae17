using RaftCheck.Linearizability;

namespace RaftCheck.Simulation.Results;

/// <summary>All that a run leaves behind.</summary>
public sealed record RunResult
{
    /// <summary>How it ended.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What was violated; null unless the verdict is <see cref="Verdict.Violation"/>.</summary>
    public Violation? Violation { get; init; }

    /// <summary>Why there is no verdict; null unless it is <see cref="Verdict.Undecided"/> or <see cref="Verdict.Error"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The events, in order.</summary>
    public required IReadOnlyList<TraceEvent> Trace { get; init; }

    /// <summary>What the clients saw, in order.</summary>
    public required IReadOnlyList<HistoryEvent> History { get; init; }

    /// <summary>The name of the sequential model that judges the history.</summary>
    public required string Model { get; init; }

    /// <summary>What the numbers of the system's features are for.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The numbers.</summary>
    public required RunStatistics Statistics { get; init; }

    /// <summary>Makes a text of an event's detail; knows the messages of the system under test.</summary>
    public required Func<object, string> Describe { get; init; }

    /// <summary>The seed of the schedule, under the cooperative scheduler; 0 under Coyote.</summary>
    public int ScheduleSeed { get; init; }

    /// <summary>What Coyote needs to repeat the schedule; null under the cooperative scheduler, and when nothing failed.</summary>
    public string? CoyoteTrace { get; init; }
}
