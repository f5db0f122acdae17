namespace RaftCheck.Linearizability;

/// <summary>
/// Judges a priority queue whose elements all differ, in log-linear time: exactly, if all operations that take came to a
/// known end.
/// </summary>
internal sealed class PriorityQueueMonitor() : ContainerMonitor(TakeOrder.Smallest)
{
    /// <inheritdoc/>
    public override string Name => "priority-queue-monitor";

    /// <inheritdoc/>
    protected override ContainerCheck CheckOf(ContainerHistory history, Budget budget) => new PriorityQueueCheck(history, budget);
}
