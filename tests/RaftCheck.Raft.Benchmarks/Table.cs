using System.Globalization;

namespace RaftCheck.Raft.Benchmarks;

/// <summary>Measures all cells in turn, several times over, and prints the medians: so a busy machine slows all of them alike.</summary>
internal sealed class Table(int rounds, TimeSpan duration)
{
    private static readonly int[] Clients = [1, 16, 256];

    /// <summary>Measures, and prints the table as Markdown.</summary>
    public async Task PrintAsync()
    {
        using var inMemory = await BenchmarkCluster.StartAsync(Disk.Memory);
        using var flushed = await BenchmarkCluster.StartAsync(Disk.Flushed);
        var samples = new Dictionary<(int Clients, Disk Disk), List<Sample>>();
        for (var round = -1; round < rounds; round++)
        {
            foreach (var clients in Clients)
            {
                foreach (var (disk, cluster) in new[] { (Disk.Memory, inMemory), (Disk.Flushed, flushed) })
                {
                    var sample = await Sample.TakeAsync(cluster, clients, duration);
                    var all = samples.TryGetValue((clients, disk), out var known) ? known : samples[(clients, disk)] = [];

                    // The first round only has the code compiled.
                    all.AddRange(round < 0 ? [] : [sample]);
                }
            }
        }

        var medians = samples.ToDictionary(each => each.Key, each => Sample.MedianOf(each.Value));
        PrintSpeed(medians);
        PrintCost(medians);
    }

    private static void PrintSpeed(Dictionary<(int Clients, Disk Disk), Sample> medians)
    {
        WriteLine($"| clients | commits/s in memory | n : 1 clients | commits/s with flush | n : 1 clients | with flush : in memory |");
        WriteLine($"|---|---|---|---|---|---|");
        var (memoryOfOne, flushedOfOne) = (medians[(1, Disk.Memory)].CommitsPerSecond, medians[(1, Disk.Flushed)].CommitsPerSecond);
        foreach (var clients in Clients)
        {
            var (memory, flushed) = (medians[(clients, Disk.Memory)].CommitsPerSecond, medians[(clients, Disk.Flushed)].CommitsPerSecond);
            WriteLine($"| {clients} | {memory:N0} | {memory / memoryOfOne:F1} | {flushed:N0} | {flushed / flushedOfOne:F1} | {flushed / memory:F2} |");
        }
    }

    private static void PrintCost(Dictionary<(int Clients, Disk Disk), Sample> medians)
    {
        WriteLine($"");
        WriteLine($"| clients | allocated a commit in memory, bytes | allocated a commit with flush, bytes | written a commit, bytes | flushes a commit |");
        WriteLine($"|---|---|---|---|---|");
        foreach (var clients in Clients)
        {
            var (memory, flushed) = (medians[(clients, Disk.Memory)], medians[(clients, Disk.Flushed)]);
            WriteLine($"| {clients} | {memory.AllocatedPerCommit:N0} | {flushed.AllocatedPerCommit:N0} | {flushed.WrittenPerCommit:N0} | {flushed.FlushesPerCommit:F2} |");
        }
    }

    private static void WriteLine(FormattableString line) => Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
