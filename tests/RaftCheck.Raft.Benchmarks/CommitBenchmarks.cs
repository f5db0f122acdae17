using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace RaftCheck.Raft.Benchmarks;

/// <summary>The cells of the table, for BenchmarkDotNet: the time of a commit with its spread, and the bytes allocated.</summary>
[MemoryDiagnoser]
[Config(typeof(InThisProcess))]
public class CommitBenchmarks
{
    private const int CommitsAtOnce = 2048;

    private BenchmarkCluster? cluster;

    /// <summary>How many clients there are, each with one command at a time.</summary>
    [Params(1, 16, 256)]
    public int Clients { get; set; }

    /// <summary>Where the servers keep their files.</summary>
    [Params(Disk.Memory, Disk.Flushed)]
    public Disk Disk { get; set; }

    /// <summary>Starts the cluster.</summary>
    [GlobalSetup]
    public async Task StartAsync() => cluster = await BenchmarkCluster.StartAsync(Disk);

    /// <summary>Stops it.</summary>
    [GlobalCleanup]
    public void Stop() => cluster?.Dispose();

    /// <summary>Commits; the figures are for one of them.</summary>
    [Benchmark(OperationsPerInvoke = CommitsAtOnce)]
    public Task<int> CommitAsync()
    {
        var left = CommitsAtOnce;
        return Load.CommitAsync(cluster!.Leader, Clients, () => Interlocked.Decrement(ref left) >= 0);
    }

    private sealed class InThisProcess : ManualConfig
    {
        public InThisProcess() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
