using System.Diagnostics;
using RaftCheck.Fuzzing.Generation;
using RaftCheck.Linearizability;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Schedulers;
using Verdict = RaftCheck.Simulation.Results.Verdict;

namespace RaftCheck.Fuzzing.Campaigns;

/// <summary>What a campaign hunts with, and for how long.</summary>
public sealed record CampaignOptions
{
    /// <summary>The schedulers, used in turn, one for each scenario.</summary>
    public required IReadOnlyList<SchedulerChoice> Schedulers { get; init; }

    /// <summary>The seed of the whole campaign.</summary>
    public required int Seed { get; init; }

    /// <summary>When to end; null for no limit.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>After how many runs to end; null for no limit.</summary>
    public long? Runs { get; init; }
}

/// <summary>How a campaign ended.</summary>
/// <param name="Statistics">What it did.</param>
/// <param name="Found">What it found, shrunk; null if nothing.</param>
/// <param name="FoundBy">The scheduler that found it.</param>
/// <param name="FirstFound">What it was before it was shrunk.</param>
/// <param name="FoundAfterMs">How long it took to find, in milliseconds, without the shrinking.</param>
/// <param name="Error">The first error of our own, or null.</param>
public sealed record CampaignResult(
    CampaignStatistics Statistics,
    Failure? Found,
    SchedulerChoice? FoundBy,
    Failure? FirstFound,
    long FoundAfterMs,
    string? Error);

/// <summary>Draws scenarios and runs them, until a budget ends or a violation is found and shrunk.</summary>
public static class Campaign
{
    /// <summary>
    /// On how many schedules a scenario is run. Coyote's strategies with change points need a first run to learn the
    /// length of the others, and q-learning some to learn from. The cooperative scheduler is better served by new scenarios, but for what it costs to draw one.
    /// </summary>
    private const int CooperativeSchedules = 3;
    private const int CoyoteSchedules = 5;

    // To judge a history again with each of its replies changed costs about as much as two cooperative runs.
    private const int ScenariosForEachVacuityScore = 16;

    /// <summary>Runs a campaign.</summary>
    /// <param name="options">What to hunt with.</param>
    /// <param name="onProgress">Is given the numbers so far after each scenario, and whether a failure is being shrunk.</param>
    /// <param name="cancellation">Ends it early, with all that it has.</param>
    public static CampaignResult Run(CampaignOptions options, Action<CampaignStatistics, bool> onProgress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(onProgress);
        var statistics = new CampaignStatistics();
        var clock = Stopwatch.StartNew();
        var schedulers = options.Schedulers.Select(choice => (Choice: choice, Scheduler: choice.CreateScheduler(), System: SystemsUnderTest.For(choice))).ToArray();
        string? error = null;
        for (var number = 0L; GoOn(); number++)
        {
            var (choice, scheduler, system) = schedulers[number % schedulers.Length];
            var seed = unchecked((ulong)options.Seed * 1_000_000_007UL) + (ulong)number;
            var scenario = ScenarioArbitrary.Draw(seed);
            var scheduleSeed = (int)(seed & 0x3FFF_FFFF);
            statistics.Scenarios++;
            Failure? failure = null;
            var isScored = false;
            scheduler.Explore(system, scenario, scheduleSeed, choice.IsCoyote ? CoyoteSchedules : CooperativeSchedules, run =>
            {
                statistics.Add(run);
                if (run.Verdict == Verdict.Pass && !isScored && (choice.IsCoyote || number % ScenariosForEachVacuityScore == 0))
                {
                    isScored = true;
                    statistics.Vacuity = statistics.Vacuity.Plus(Vacuity.Measure(History.FromEvents(run.History), Models.Find(run.Model), ct: CancellationToken.None));
                }

                if (run.Verdict == Verdict.Violation)
                {
                    failure = new Failure(scenario, choice.IsCoyote ? scheduleSeed : run.ScheduleSeed, run);
                }
                else if (run.Verdict == Verdict.Error)
                {
                    error ??= $"{run.Reason} (scenario {number} of seed {options.Seed}, under {choice})";
                }

                return GoOn();
            });
            statistics.ElapsedMs = clock.ElapsedMilliseconds;
            onProgress(statistics, failure is not null);
            if (failure is not null)
            {
                var shrunk = Shrinker.Shrink(choice, failure, cancellation);
                return new CampaignResult(statistics, shrunk, choice, failure, statistics.ElapsedMs, error);
            }
        }

        statistics.ElapsedMs = clock.ElapsedMilliseconds;
        return new CampaignResult(statistics, null, null, null, 0, error);

        bool GoOn() =>
            error is null
            && !cancellation.IsCancellationRequested
            && (options.Time is not { } time || clock.Elapsed < time)
            && (options.Runs is not { } runs || statistics.RunCount < runs);
    }
}
