namespace RaftCheck.Raft.Node;

/// <summary>
/// A condition variable that is awaited instead of blocking a thread. Both methods are called under the lock that
/// guards what is waited for; the task is awaited after the lock was released, and the waiter then looks again.
/// </summary>
internal sealed class AsyncCondition
{
    private TaskCompletionSource? waiting;

    /// <summary>A task that completes at the next <see cref="PulseAll"/>.</summary>
    public Task WaitAsync() =>
        (waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Wakes all who wait.</summary>
    public void PulseAll()
    {
        var woken = waiting;
        waiting = null;
        woken?.SetResult();
    }
}
