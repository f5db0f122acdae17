using System.Runtime.CompilerServices;
using Microsoft.Coyote;

namespace RaftCheck.Simulation.Schedulers;

/// <summary>Coyote's ways to choose the next operation.</summary>
public enum CoyoteStrategy
{
    /// <summary>Any enabled operation, each time anew.</summary>
    Random,

    /// <summary>Stays with an operation, and leaves it with a small probability.</summary>
    Probabilistic,

    /// <summary>Probabilistic concurrency testing (PCT): priorities, with a few changes.</summary>
    Prioritization,

    /// <summary>The same, then random, so that every operation gets its turn.</summary>
    FairPrioritization,

    /// <summary>A fixed order, with a few delays.</summary>
    DelayBounding,

    /// <summary>Learns which choices lead to states that it has not seen.</summary>
    QLearning,
}

/// <summary>Names and settings of the strategies.</summary>
public static class CoyoteStrategies
{
    /// <summary>The strategies, by the names that the command line and failure files write.</summary>
    public static IReadOnlyList<(string Name, CoyoteStrategy Strategy, string Description)> All { get; } =
    [
        ("random", CoyoteStrategy.Random, "any enabled operation, each time anew"),
        ("probabilistic", CoyoteStrategy.Probabilistic, "stays with an operation, and leaves it with a small probability"),
        ("prioritization", CoyoteStrategy.Prioritization, "PCT: random priorities, with a few changes"),
        ("fair-prioritization", CoyoteStrategy.FairPrioritization, "PCT first, then random, so that everyone gets a turn"),
        ("delay-bounding", CoyoteStrategy.DelayBounding, "a fixed order, with a few delays"),
        ("q-learning", CoyoteStrategy.QLearning, "learns which choices lead to unseen states; slow a step"),
    ];

    /// <summary>The name of a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    public static string NameOf(CoyoteStrategy strategy) => All.First(each => each.Strategy == strategy).Name;

    /// <summary>A run of more scheduling steps than this ends undecided.</summary>
    internal const uint MaxSchedulingSteps = 1_000_000;

    /// <summary>How long fair prioritization keeps to its priorities: about a third of a usual run.</summary>
    private const uint PrioritizedSteps = 1_000;

    internal static Configuration Apply(this CoyoteStrategy strategy, Configuration configuration) => strategy switch
    {
        CoyoteStrategy.Random => configuration.WithRandomStrategy(),
        CoyoteStrategy.Probabilistic => configuration.WithProbabilisticStrategy(3),
        CoyoteStrategy.Prioritization => configuration.WithPrioritizationStrategy(isFair: false, priorityChangeBound: 10),
        CoyoteStrategy.FairPrioritization => configuration.WithPrioritizationStrategy(isFair: true, priorityChangeBound: 10).WithMaxSchedulingSteps(PrioritizedSteps, MaxSchedulingSteps),
        CoyoteStrategy.DelayBounding => configuration.WithDelayBoundingStrategy(isFair: false, delayBound: 10),
        CoyoteStrategy.QLearning => WithoutImplicitHashing(configuration.WithQLearningStrategy()),
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Unknown strategy."),
    };

    /// <summary>
    /// Coyote's own hash of a program's state contains string hash codes, which differ from process to process: with it,
    /// one seed would not be one run. The world registers a hash of the system's abstract state instead.
    /// </summary>
    private static Configuration WithoutImplicitHashing(Configuration configuration)
    {
        IsImplicitProgramStateHashingEnabled(configuration) = false;
        return configuration;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = nameof(IsImplicitProgramStateHashingEnabled))]
    private static extern ref bool IsImplicitProgramStateHashingEnabled(Configuration configuration);
}
