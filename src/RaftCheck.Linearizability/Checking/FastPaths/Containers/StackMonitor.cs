namespace RaftCheck.Linearizability;

/// <summary>
/// Judges a stack whose elements all differ, in log-linear time: exactly, if all operations that pop came to a known end.
/// </summary>
internal sealed class StackMonitor() : ContainerMonitor(TakeOrder.Last)
{
    /// <inheritdoc/>
    public override string Name => "stack-monitor";

    /// <inheritdoc/>
    protected override ContainerCheck CheckOf(ContainerHistory history, Budget budget) => new StackCheck(history, budget);
}
