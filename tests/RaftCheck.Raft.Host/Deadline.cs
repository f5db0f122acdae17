using System.Diagnostics;

namespace RaftCheck.Raft.Host;

/// <summary>A moment from now on.</summary>
internal readonly struct Deadline(TimeSpan fromNow)
{
    private readonly long start = Stopwatch.GetTimestamp();

    public bool HasPassed => Stopwatch.GetElapsedTime(start) >= fromNow;
}
