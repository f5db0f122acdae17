using System.Diagnostics;

namespace RaftCheck.Raft.Benchmarks;

/// <summary>What one measurement found.</summary>
/// <param name="CommitsPerSecond">Commands that were committed and applied by the leader, each second.</param>
/// <param name="AllocatedPerCommit">Bytes of memory allocated for each, by the whole process: three servers, their clients, and the network between them.</param>
/// <param name="WrittenPerCommit">Bytes that the leader wrote to its files for each.</param>
/// <param name="FlushesPerCommit">Flushes of the leader's files for each.</param>
internal readonly record struct Sample(double CommitsPerSecond, double AllocatedPerCommit, double WrittenPerCommit, double FlushesPerCommit)
{
    /// <summary>Measures for about as long as asked for.</summary>
    public static async Task<Sample> TakeAsync(BenchmarkCluster cluster, int clients, TimeSpan duration)
    {
        var files = cluster.LeaderFiles;
        var (flushes, written) = (files.Flushes, files.BytesWritten);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        var commits = await Load.CommitAsync(cluster.Leader, clients, () => clock.Elapsed < duration);
        var seconds = clock.Elapsed.TotalSeconds;
        return new Sample(
            commits / seconds,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)commits,
            (files.BytesWritten - written) / (double)commits,
            (files.Flushes - flushes) / (double)commits);
    }

    /// <summary>The median of each figure.</summary>
    public static Sample MedianOf(IReadOnlyCollection<Sample> samples) => new(
        Median(samples, each => each.CommitsPerSecond),
        Median(samples, each => each.AllocatedPerCommit),
        Median(samples, each => each.WrittenPerCommit),
        Median(samples, each => each.FlushesPerCommit));

    private static double Median(IReadOnlyCollection<Sample> samples, Func<Sample, double> of) => samples.Select(of).Order().ElementAt(samples.Count / 2);
}
