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

    /// <summary>It was told not to go on for longer, because another way to judge may be faster.</summary>
    OutOfPatience,

    /// <summary>Another part has settled the matter.</summary>
    Obsolete,
}

/// <summary>What the judgement of one part may spend. For one thread.</summary>
internal sealed class Budget(long statesMax, long memoryBytes, Deadline deadline, StopSign? stopSign = null, int part = 0)
{
    // Looking at the clock costs as much as a quick step of the search; and a step may be slow, if the model is.
    private const int StepsBetweenLooks = 64;

    private int _stepsToLook = StepsBetweenLooks;

    /// <summary>How many configurations were explored so far.</summary>
    public long StatesExplored { get; private set; }

    /// <summary>How many bytes may be held at once.</summary>
    public long MemoryBytes { get; } = memoryBytes;

    /// <summary>Accounts for one more configuration; returns what ran out, if anything.</summary>
    public SearchEnd? SpendState()
    {
        if (StatesExplored >= statesMax) return SearchEnd.OutOfStates;
        StatesExplored++;
        return null;
    }

    /// <summary>Looks at the clock now and then; returns what ran out, if anything.</summary>
    /// <exception cref="OperationCanceledException">The caller wants no answer any more.</exception>
    public SearchEnd? SpendStep() => --_stepsToLook > 0 ? null : Look();

    /// <summary>Accounts for a step of work that has no other way to end early than to throw.</summary>
    /// <exception cref="SpentException">Something ran out.</exception>
    /// <exception cref="OperationCanceledException">The caller wants no answer any more.</exception>
    public void RequireStep()
    {
        if (SpendStep() is SearchEnd spent) throw new SpentException(spent);
    }

    /// <summary>Looks at the clock.</summary>
    /// <exception cref="OperationCanceledException">The caller wants no answer any more.</exception>
    public SearchEnd? Look()
    {
        _stepsToLook = StepsBetweenLooks;
        if (stopSign is not null && stopSign.Last < part) return SearchEnd.Obsolete;
        return deadline.HasPassed() ? SearchEnd.OutOfTime : null;
    }
}

/// <summary>When a check has to be over. Safe to share between threads.</summary>
internal sealed class Deadline(TimeSpan? timeout, CancellationToken cancellation)
{
    private readonly long _startedAt = timeout is null ? 0 : Stopwatch.GetTimestamp();

    /// <summary>When a check with these options has to be over, if it begins now.</summary>
    public static Deadline Of(CheckOptions options, CancellationToken cancellation) => new(
        options.Timeout is TimeSpan limit ? TimeSpan.FromTicks(Math.Max(0, (limit - options.TimeSpent).Ticks)) : null, cancellation);

    /// <summary>Whether the time is up.</summary>
    /// <exception cref="OperationCanceledException">The caller wants no answer any more.</exception>
    public bool HasPassed()
    {
        cancellation.ThrowIfCancellationRequested();
        return timeout is TimeSpan limit && Stopwatch.GetElapsedTime(_startedAt) >= limit;
    }
}

/// <summary>
/// Tells those who judge parts at the same time that later ones do not matter any more. Safe to share between threads.
/// </summary>
internal sealed class StopSign
{
    private int _last = int.MaxValue;

    /// <summary>The last part that still matters.</summary>
    public int Last => Volatile.Read(ref _last);

    /// <summary>A part is not linearizable: those behind it need not be judged.</summary>
    public void NothingBehind(int part)
    {
        int last = Last;
        while (part < last)
        {
            int seen = Interlocked.CompareExchange(ref _last, part, last);
            if (seen == last) return;
            last = seen;
        }
    }
}
