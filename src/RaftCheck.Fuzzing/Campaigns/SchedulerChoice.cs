using RaftCheck.RaftSystem;
using RaftCheck.Simulation.Schedulers;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Fuzzing.Campaigns;

/// <summary>A scheduler, and for Coyote its strategy: what a run needs to be repeated, but for the seed.</summary>
/// <param name="Scheduler">The scheduler's name.</param>
/// <param name="Strategy">Coyote's strategy, by name; null under the cooperative scheduler.</param>
public sealed record SchedulerChoice(string Scheduler, string? Strategy = null)
{
    /// <summary>The cooperative scheduler.</summary>
    public static SchedulerChoice Cooperative { get; } = new(CooperativeScheduler.SchedulerName);

    /// <summary>Coyote, with a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    public static SchedulerChoice Coyote(CoyoteStrategy strategy) => new(CoyoteScheduler.SchedulerName, CoyoteStrategies.NameOf(strategy));

    /// <summary>What is wrong with the choice, in one sentence, or null.</summary>
    public string? FindProblem()
    {
        if (Scheduler == CooperativeScheduler.SchedulerName)
        {
            return Strategy is null ? null : $"The cooperative scheduler has no strategy \"{Strategy}\".";
        }

        if (Scheduler != CoyoteScheduler.SchedulerName)
        {
            return $"There is no scheduler \"{Scheduler}\"; it must be {CooperativeScheduler.SchedulerName} or {CoyoteScheduler.SchedulerName}.";
        }

        return CoyoteStrategies.All.Any(each => each.Name == Strategy)
            ? null
            : $"Coyote has no strategy \"{Strategy}\"; it must be one of {string.Join(", ", CoyoteStrategies.All.Select(each => each.Name))}.";
    }

    /// <summary>The scheduler. The choice must have no problem.</summary>
    public IScheduler CreateScheduler() => IsCoyote ? CreateCoyote() : new CooperativeScheduler();

    /// <inheritdoc/>
    public override string ToString() => Strategy is null ? Scheduler : $"{Scheduler}/{Strategy}";

    internal bool IsCoyote => Scheduler == CoyoteScheduler.SchedulerName;

    internal CoyoteScheduler CreateCoyote() => new(CoyoteStrategies.All.First(each => each.Name == Strategy).Strategy);
}

/// <summary>The systems under test, one for each scheduler: the Raft as it is, and the Raft that is rewritten for Coyote.</summary>
public static class SystemsUnderTest
{
    private static readonly Lazy<ISystemUnderTest> Plain = new(() => new RaftSystemUnderTest());
    private static readonly Lazy<ISystemUnderTest> Controlled = new(ControlledAssemblies.Load<RaftSystemUnderTest>);

    /// <summary>The copy of the Raft that a scheduler runs. Thread-safe; the result serves one run at a time.</summary>
    /// <param name="choice">The scheduler.</param>
    /// <exception cref="FileNotFoundException">The build has made no copy for Coyote.</exception>
    public static ISystemUnderTest For(SchedulerChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return (choice.IsCoyote ? Controlled : Plain).Value;
    }
}
