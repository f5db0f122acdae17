namespace RaftCheck.Linearizability;

/// <summary>
/// Judges a queue whose elements all differ, exactly and in log-linear time. The contradictions are the patterns of
/// Henzinger, Sezgin and Vafeiadis ("Aspect-Oriented Linearizability Proofs", 2013), widened to operations of unknown end:
/// an element that was taken but not put in before, or taken twice; two elements that were taken in the other order than
/// they were put in; an operation that found the queue empty while some element was in it at every moment; and more
/// elements that must be gone than there are operations that may have taken them.
/// </summary>
internal sealed class QueueMonitor() : ContainerMonitor(TakeOrder.First)
{
    /// <inheritdoc/>
    public override string Name => "queue-monitor";

    /// <inheritdoc/>
    protected override ContainerCheck CheckOf(ContainerHistory history, Budget budget) => new QueueCheck(history);
}
