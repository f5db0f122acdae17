namespace RaftCheck.Raft.Seams;

/// <summary>Time, as a node sees it. Implementations are safe to call from any activity of the node.</summary>
public interface IClock
{
    /// <summary>The time since some fixed moment in the past. It never goes back.</summary>
    TimeSpan Now { get; }

    /// <summary>Completes when <paramref name="duration"/> has passed.</summary>
    /// <param name="duration">How long to wait; zero or more.</param>
    Task Delay(TimeSpan duration);
}
