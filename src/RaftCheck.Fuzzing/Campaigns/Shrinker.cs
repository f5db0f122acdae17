using RaftCheck.Fuzzing.Generation;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;

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
    /// <summary>On how many schedules a scenario is tried under each scheduler, and how many runs all of it may take.</summary>
    private static readonly (int Schedules, int Runs) CooperativeBudget = (8, 12_000);
    private static readonly (int Schedules, int Runs) CoyoteBudget = (6, 600);

    /// <summary>How hard to look for a failure of the one scheduler under the other.</summary>
    private const int CooperativeLook = 300;
    private const int CoyoteLook = 60;

    /// <summary>Shrinks a failure.</summary>
    /// <param name="choice">The scheduler that found it; the smaller failure is one of this scheduler too.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="cancellation">Ends it early, with the smallest failure so far.</param>
    public static Failure Shrink(SchedulerChoice choice, Failure failure, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(failure);
        return choice.IsCoyote
            ? Shrink(choice, ShrinkOnTheFastScheduler(choice, failure, cancellation), CoyoteBudget, cancellation)
            : Shrink(choice, failure, CooperativeBudget, cancellation);
    }

    /// <summary>
    /// A bug of the protocol shows under both schedulers, and the cooperative one does in seconds what would take Coyote
    /// an hour. What it comes to counts only if Coyote, too, finds the violation in it.
    /// </summary>
    private static Failure ShrinkOnTheFastScheduler(SchedulerChoice choice, Failure failure, CancellationToken cancellation)
    {
        var property = failure.Run.Violation!.Property;
        return Find(SchedulerChoice.Cooperative, failure.Scenario, failure.Seed, CooperativeLook, property, cancellation) is { } seen
            && Shrink(SchedulerChoice.Cooperative, seen, CooperativeBudget, cancellation) is var small
            && Find(choice, small.Scenario, failure.Seed, CoyoteLook, property, cancellation) is { } found
                ? found
                : failure;
    }

    private static Failure Shrink(SchedulerChoice choice, Failure failure, (int Schedules, int Runs) budget, CancellationToken cancellation)
    {
        var property = failure.Run.Violation!.Property;
        var left = budget.Runs;
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

                left -= budget.Schedules;
                if (Find(choice, scenario, failure.Seed, budget.Schedules, property, cancellation) is { } found)
                {
                    return found;
                }
            }

            return null;
        }
    }

    /// <summary>Looks for a schedule on which a scenario violates a property.</summary>
    private static Failure? Find(SchedulerChoice choice, Scenario scenario, int seed, int schedules, string property, CancellationToken cancellation)
    {
        Failure? found = null;
        choice.CreateScheduler().Explore(SystemsUnderTest.For(choice), scenario, seed, schedules, run =>
        {
            if (run.Violation?.Property == property)
            {
                found = new Failure(scenario, choice.IsCoyote ? seed : run.ScheduleSeed, run);
            }

            return !cancellation.IsCancellationRequested;
        });
        return found;
    }
}
