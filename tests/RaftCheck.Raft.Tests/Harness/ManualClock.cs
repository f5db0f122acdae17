using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>A clock that stands still until the test moves it.</summary>
internal sealed class ManualClock : IClock
{
    private readonly List<(TimeSpan Due, TaskCompletionSource Sleeper)> sleepers = [];

    public TimeSpan Now { get; private set; }

    /// <summary>Every duration that was asked for.</summary>
    public List<TimeSpan> Delays { get; } = [];

    public Task Delay(TimeSpan duration)
    {
        Delays.Add(duration);
        var sleeper = new TaskCompletionSource();
        sleepers.Add((Now + duration, sleeper));
        return sleeper.Task;
    }

    /// <summary>Goes to the next moment at which somebody wakes, or to <paramref name="end"/>, where it answers false.</summary>
    public bool AdvanceToNext(TimeSpan end)
    {
        var due = sleepers.Where(s => s.Due <= end).OrderBy(s => s.Due).Take(1).ToList();
        Now = due.Count == 0 ? end : due[0].Due;
        foreach (var next in due)
        {
            sleepers.Remove(next);
            next.Sleeper.SetResult();
        }

        return due.Count > 0;
    }
}

/// <summary>A clock that is faster or slower than another one by a factor.</summary>
internal sealed class SkewedClock(IClock real, double speed) : IClock
{
    public TimeSpan Now => real.Now * speed;

    public Task Delay(TimeSpan duration) => real.Delay(duration / speed);
}
