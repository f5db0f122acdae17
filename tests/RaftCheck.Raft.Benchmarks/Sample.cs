using System.Diagnostics;

namespace RaftCheck.Raft.Benchmarks;

/// <summary>What one measurement found. All of it is of the whole process: three servers, their clients, and the network between them.</summary>
/// <param name="CommitsPerSecond">Commands that were committed and applied by the leader, each second.</param>
/// <param name="BytesPerCommit">Bytes allocated for each, by all threads.</param>
/// <param name="FlushesPerCommit">Flushes of the leader's files for each.</param>
internal readonly record struct Sample(double CommitsPerSecond, double BytesPerCommit, double FlushesPerCommit)
{
    /// <summary>Measures for about as long as asked for.</summary>
    public static async Task<Sample> TakeAsync(BenchmarkCluster cluster, int clients, TimeSpan duration)
    {
        var flushes = cluster.LeaderFlushes;
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        var commits = await Load.CommitAsync(cluster.Leader, clients, () => clock.Elapsed < duration);
        var seconds = clock.Elapsed.TotalSeconds;
        return new Sample(
            commits / seconds,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)commits,
            (cluster.LeaderFlushes - flushes) / (double)commits);
    }
}
