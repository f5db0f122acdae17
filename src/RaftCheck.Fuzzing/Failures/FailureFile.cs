using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Failures;

/// <summary>What <c>failure.json</c> holds: all that is needed to have the failure again. Immutable.</summary>
public sealed record FailureFile
{
    /// <summary>What the first field of the file says.</summary>
    public const string FormatName = "raftcheck-failure";

    /// <summary>The version of the format that this build writes, and the newest that it reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Always <see cref="FormatName"/>.</summary>
    public string Format { get; init; } = FormatName;

    /// <summary>The version of the format.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The property that was violated.</summary>
    public required string Property { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>When it happened, in virtual microseconds since the start of the run.</summary>
    public required long TimeUs { get; init; }

    /// <summary>The scheduler.</summary>
    public required SchedulerChoice Scheduler { get; init; }

    /// <summary>The seed of the schedule: the very one of the run under the cooperative scheduler, that of the exploration under Coyote.</summary>
    public required int ScheduleSeed { get; init; }

    /// <summary>The trace that Coyote replays; null under the cooperative scheduler.</summary>
    public string? CoyoteTrace { get; init; }

    /// <summary>The hash of the build that failed.</summary>
    public required string BuildHash { get; init; }

    /// <summary>The command line that found it; empty if none did.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The SHA-256 of <c>history.jsonl</c>, in hexadecimal: an exact replay gives the same bytes.</summary>
    public required string HistorySha256 { get; init; }

    /// <summary>The SHA-256 of <c>trace.jsonl</c>, in hexadecimal.</summary>
    public required string TraceSha256 { get; init; }

    /// <summary>The scenario, shrunk.</summary>
    public required Scenario Scenario { get; init; }
}
