using System.Diagnostics;

namespace RaftCheck.Linearizability;

/// <summary>What ended a search.</summary>
internal enum SearchEnd
{
    /// <summary>It found an order.</summary>
    Found,

    /// <summary>There is no order.</summary>
    Exhausted,

    /// <summary>The memory limit.</summary>
    OutOfMemory,

    /// <summary>The limit on configurations.</summary>
    OutOfStates,

    /// <summary>The time limit.</summary>
    OutOfTime,
}

/// <summary>What a check has left to spend, over all of its parts. For one thread.</summary>
internal sealed class Budget(CheckOptions options, CancellationToken cancellation)
{
    // Looking at the clock costs more than a step of the search.
    private const int StepsBetweenLooks = 1024;

    private readonly long _startedAt = options.Timeout is null ? 0 : Stopwatch.GetTimestamp();
    private int _stepsToLook = StepsBetweenLooks;

    /// <summary>How many configurations were explored so far.</summary>
    public long StatesExplored { get; private set; }

    /// <summary>How many bytes may be held at once.</summary>
    public long MemoryBytes { get; } = options.MemoryLimitBytes ?? long.MaxValue;

    /// <summary>Accounts for one more configuration; returns what ran out, if anything.</summary>
    public SearchEnd? SpendState()
    {
        if (StatesExplored >= options.MaxStates) return SearchEnd.OutOfStates;
        StatesExplored++;
        return null;
    }

    /// <summary>Looks at the clock now and then; returns what ran out, if anything.</summary>
    /// <exception cref="OperationCanceledException">The caller wants no answer any more.</exception>
    public SearchEnd? SpendStep() => --_stepsToLook > 0 ? null : Look();

    /// <summary>Looks at the clock.</summary>
    /// <exception cref="OperationCanceledException">The caller wants no answer any more.</exception>
    public SearchEnd? Look()
    {
        _stepsToLook = StepsBetweenLooks;
        cancellation.ThrowIfCancellationRequested();
        return options.Timeout is TimeSpan timeout && Stopwatch.GetElapsedTime(_startedAt) >= timeout
            ? SearchEnd.OutOfTime
            : null;
    }
}
