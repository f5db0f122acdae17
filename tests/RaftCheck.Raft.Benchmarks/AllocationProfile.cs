using System.Diagnostics.Tracing;
using System.Globalization;

namespace RaftCheck.Raft.Benchmarks;

/// <summary>
/// What is allocated, by type: the runtime tells of one allocation about every 100 kB, and of which type it was. Long runs
/// of one cell, so that the samples suffice.
/// </summary>
internal sealed class AllocationProfile : EventListener
{
    private const EventKeywords GarbageCollection = (EventKeywords)1;
    private const int Shown = 25;

    private readonly object mutex = new();
    private readonly Dictionary<string, long> bytesOf = [];
    private bool isOn;

    /// <summary>Measures one cell, and prints what it allocated for each commit, the most first.</summary>
    public static async Task PrintAsync(Disk disk, int clients, TimeSpan duration)
    {
        using var cluster = await BenchmarkCluster.StartAsync(disk);
        await Sample.TakeAsync(cluster, clients, duration);
        using var profile = new AllocationProfile();
        profile.isOn = true;
        var sample = await Sample.TakeAsync(cluster, clients, duration);
        profile.isOn = false;
        profile.Print(sample.AllocatedPerCommit);
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, GarbageCollection);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (!isOn || eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) != true || eventData.PayloadNames is not { } names)
        {
            return;
        }

        var type = (string)eventData.Payload![names.IndexOf("TypeName")]!;
        var bytes = Convert.ToInt64(eventData.Payload[names.IndexOf("AllocationAmount64")], CultureInfo.InvariantCulture);
        lock (mutex)
        {
            bytesOf[type] = bytesOf.GetValueOrDefault(type) + bytes;
        }
    }

    private void Print(double allocatedPerCommit)
    {
        var all = (double)bytesOf.Values.Sum();
        WriteLine($"| bytes a commit | % | type |");
        WriteLine($"|---|---|---|");
        foreach (var (type, bytes) in bytesOf.OrderByDescending(each => each.Value).Take(Shown))
        {
            WriteLine($"| {allocatedPerCommit * bytes / all:N0} | {100 * bytes / all:F1} | `{type}` |");
        }

        WriteLine($"| {allocatedPerCommit:N0} | 100 | all |");
    }

    private static void WriteLine(FormattableString line) => Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
