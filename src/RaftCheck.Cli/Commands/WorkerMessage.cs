using RaftCheck.Fuzzing.Campaigns;

namespace RaftCheck.Cli.Commands;

/// <summary>What a worker process tells the one that started it: one JSON document a line.</summary>
/// <param name="Statistics">What it did so far.</param>
/// <param name="IsShrinking">Whether it has found something and is making it smaller.</param>
/// <param name="IsEnd">Whether this is its last word.</param>
/// <param name="Found">What it found, in its last word.</param>
/// <param name="Error">An error of our own, in its last word.</param>
internal sealed record WorkerMessage(
    CampaignStatistics Statistics,
    bool IsShrinking = false,
    bool IsEnd = false,
    FoundFailure? Found = null,
    string? Error = null);

/// <summary>A failure that a worker has found, shrunk and saved.</summary>
/// <param name="Path">Where it was saved.</param>
/// <param name="Property">The property.</param>
/// <param name="Message">What happened.</param>
/// <param name="Scheduler">The scheduler that found it.</param>
/// <param name="FoundAfterMs">How long it took, in milliseconds, without the shrinking.</param>
/// <param name="FoundAfterRuns">How many runs of this worker it took.</param>
/// <param name="Before">The scenario's size as it was found.</param>
/// <param name="After">The scenario's size after shrinking.</param>
/// <param name="Report">The failure as text for people.</param>
internal sealed record FoundFailure(
    string Path,
    string Property,
    string Message,
    string Scheduler,
    long FoundAfterMs,
    long FoundAfterRuns,
    ScenarioSize Before,
    ScenarioSize After,
    string Report);

/// <summary>How big a scenario is.</summary>
/// <param name="Servers">Its servers.</param>
/// <param name="Operations">Its operations.</param>
/// <param name="Faults">Its faults.</param>
internal sealed record ScenarioSize(int Servers, int Operations, int Faults);
