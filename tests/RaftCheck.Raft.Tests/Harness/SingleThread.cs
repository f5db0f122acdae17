namespace RaftCheck.Raft.Tests.Harness;

/// <summary>Runs whatever a node awaits on the test's own thread, in the order in which it became ready.</summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> ready = new();

    public override void Post(SendOrPostCallback d, object? state) => ready.Enqueue((d, state));

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Does one thing, then all that follows from it, until nothing is left to do.</summary>
    public T Do<T>(Func<T> action)
    {
        var outside = Current;
        SetSynchronizationContext(this);
        try
        {
            var result = action();
            while (ready.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }

            return result;
        }
        finally
        {
            SetSynchronizationContext(outside);
        }
    }
}
