using RaftCheck.Fuzzing.Generation;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Fuzzing.Campaigns;

/// <summary>A scenario that fails, and a schedule on which it does.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Seed">The seed of the schedule: of the run itself under the cooperative scheduler, of the exploration under Coyote.</param>
/// <param name="Run">The run.</param>
public sealed record Failure(Scenario Scenario, int Seed, RunResult Run);

/// <summary>
/// Looks for a smaller scenario that violates the same property. A smaller scenario has other schedules, so each is tried
/// on several. The budget is a number of runs, not a time, so that shrinking is repeatable.
/// </summary>
public static class Shrinker
{
    /// <summary>Shrinks a failure.</summary>
    /// <param name="system">The system under test.</param>
    /// <param name="choice">The scheduler.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="schedules">How many schedules each smaller scenario is tried on.</param>
    /// <param name="runs">How many runs it may take in all.</param>
    /// <param name="cancellation">Ends it early, with the smallest failure so far.</param>
    public static Failure Shrink(ISystemUnderTest system, SchedulerChoice choice, Failure failure, int schedules, int runs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(failure);
        var scheduler = choice.CreateScheduler();
        var property = failure.Run.Violation?.Property;
        var left = runs;
        while (NextSmaller() is { } smaller)
        {
            failure = smaller;
        }

        return failure;

        Failure? NextSmaller()
        {
            foreach (var scenario in ScenarioShrinker.Shrink(failure.Scenario))
            {
                if (left <= 0 || cancellation.IsCancellationRequested)
                {
                    return null;
                }

                Failure? found = null;
                scheduler.Explore(system, scenario, failure.Seed, schedules, run =>
                {
                    left--;
                    if (run.Violation?.Property == property && run.Violation is not null)
                    {
                        found = new Failure(scenario, choice.IsCoyote ? failure.Seed : run.ScheduleSeed, run);
                    }

                    return !cancellation.IsCancellationRequested;
                });
                if (found is not null)
                {
                    return found;
                }
            }

            return null;
        }
    }
}
