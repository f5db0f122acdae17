namespace RaftCheck.Linearizability;

/// <summary>What an explanation may spend, and of that one judgement. For one thread.</summary>
internal sealed class ExplainBudget(long statesMax, TimeSpan? timeout, CancellationToken cancellation)
{
    // A memory that no explanation of use needs; it only keeps a hopeless judgement from growing.
    private const long MemoryBytes = 256L << 20;

    private readonly Deadline _deadline = new(timeout, cancellation);
    private long _spent;

    /// <summary>Whether there is nothing left to spend.</summary>
    public bool IsSpent => _spent >= statesMax || _deadline.HasPassed();

    /// <summary>How many configurations were explored.</summary>
    public long StatesExplored => _spent;

    /// <summary>Lets one judgement spend some of what is left.</summary>
    /// <param name="share">The greatest part of the whole that it may spend: one of that many.</param>
    /// <param name="judge">The judgement.</param>
    public T Spend<T>(int share, Func<Budget, T> judge)
    {
        var budget = new Budget(Math.Min(statesMax - _spent, Math.Max(1, statesMax / share)), MemoryBytes, _deadline);
        try
        {
            return judge(budget);
        }
        finally
        {
            // What explores no configuration costs something too, and must come to an end.
            _spent += 1 + budget.StatesExplored;
        }
    }
}
