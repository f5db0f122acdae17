using System.Diagnostics;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli.Commands;

/// <summary>
/// Holds this process to a memory limit: the collector is told to keep its heap below it, and the check to stop while
/// there is still room for what the collector has not got round to.
/// </summary>
internal static class MemoryBound
{
    // What the check may hold of the heap that is left; the rest is for garbage, and for arrays that are being copied.
    private const double Share = 0.7;

    // Less than this, and the collector itself gets into trouble.
    private const long SmallestRoom = 16 << 20;

    /// <summary>The same options, with what this process may hold turned into what the check may hold.</summary>
    /// <exception cref="InputException">What is loaded by now takes more than the limit.</exception>
    public static CheckOptions Apply(CheckOptions options)
    {
        if (options.MemoryLimitBytes is not long limit)
        {
            return options;
        }

        GC.Collect();
        var memory = GC.GetGCMemoryInfo();
        using var process = Process.GetCurrentProcess();
        var heap = limit - (process.WorkingSet64 - memory.TotalCommittedBytes);
        var left = heap - memory.TotalCommittedBytes;
        if (left < SmallestRoom)
        {
            throw new InputException($"--memory: the program and the history take {process.WorkingSet64:N0} bytes; a check needs at least {limit - left + SmallestRoom:N0} in all.");
        }

        AppContext.SetData("GCHeapHardLimit", (ulong)heap);
        GC.RefreshMemoryLimit();
        return options with { MemoryLimitBytes = (long)(left * Share) };
    }
}
