using System.Diagnostics;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Hosting;

/// <summary>The machine's monotonic clock. Safe for use by several threads.</summary>
public sealed class SystemClock : IClock
{
    private readonly long start = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public TimeSpan Now => Stopwatch.GetElapsedTime(start);

    /// <inheritdoc/>
#pragma warning disable RS0030 // The one place where the machine's own delay belongs: the seam that stands for it.
    public Task Delay(TimeSpan duration) => Task.Delay(duration);
#pragma warning restore RS0030
}

/// <summary>The machine's randomness. Safe for use by several threads.</summary>
public sealed class SystemRandomness : IRandomness
{
    /// <inheritdoc/>
#pragma warning disable RS0030 // The seam that stands for the machine's randomness.
    public TimeSpan NextDuration(TimeSpan shortest, TimeSpan longest) =>
        TimeSpan.FromMilliseconds(Random.Shared.NextInt64((long)shortest.TotalMilliseconds, (long)longest.TotalMilliseconds + 1));
#pragma warning restore RS0030
}

/// <summary>Starts activities on the thread pool.</summary>
/// <param name="onUnhandled">Is told of an activity's name and of the exception that escaped it. It should end the process: the node's state can no longer be trusted.</param>
public sealed class ThreadPoolTaskStarter(Action<string, Exception> onUnhandled) : ITaskStarter
{
    /// <inheritdoc/>
    public void Start(string name, Func<Task> activity) =>
        ThreadPool.QueueUserWorkItem(static started => _ = started.Starter.RunAsync(started.Name, started.Activity), (Starter: this, Name: name, Activity: activity), preferLocal: true);

    private async Task RunAsync(string name, Func<Task> activity)
    {
        try
        {
            await activity();
        }
#pragma warning disable CA1031 // Whatever escapes is handed on; nothing is swallowed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            onUnhandled(name, e);
        }
    }
}
