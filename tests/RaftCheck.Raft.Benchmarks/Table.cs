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

        Print(samples.ToDictionary(each => each.Key, each => Median(each.Value)));
    }

    private static void Print(Dictionary<(int Clients, Disk Disk), Sample> medians)
    {
        WriteLine($"| clients | commits/s in memory | n : 1 clients | commits/s with flush | n : 1 clients | with flush : in memory | bytes a commit in memory | bytes a commit with flush | flushes a commit |");
        WriteLine($"|---|---|---|---|---|---|---|---|---|");
        foreach (var clients in Clients)
        {
            var (memory, flushed) = (medians[(clients, Disk.Memory)], medians[(clients, Disk.Flushed)]);
            var (memoryOfOne, flushedOfOne) = (medians[(1, Disk.Memory)], medians[(1, Disk.Flushed)]);
            WriteLine(
                $"| {clients} | {memory.CommitsPerSecond:N0} | {memory.CommitsPerSecond / memoryOfOne.CommitsPerSecond:F1} | {flushed.CommitsPerSecond:N0} | {flushed.CommitsPerSecond / flushedOfOne.CommitsPerSecond:F1} | {flushed.CommitsPerSecond / memory.CommitsPerSecond:F2} | {memory.BytesPerCommit:N0} | {flushed.BytesPerCommit:N0} | {flushed.FlushesPerCommit:F2} |");
        }
    }

    private static Sample Median(List<Sample> samples) =>
        new(Median(samples, each => each.CommitsPerSecond), Median(samples, each => each.BytesPerCommit), Median(samples, each => each.FlushesPerCommit));

    private static double Median(List<Sample> samples, Func<Sample, double> of) => samples.Select(of).Order().ElementAt(samples.Count / 2);

    private static void WriteLine(FormattableString line) => Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
