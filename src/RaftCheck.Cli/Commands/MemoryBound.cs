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

    // Code that is still to be compiled, and the collector's own tables: this, or a twentieth if that is more.
    private const long SmallestReserve = 8 << 20;

    // Less than this, and the collector itself gets into trouble.
    private const long SmallestRoom = 16 << 20;

    /// <summary>Holds the process to the limit from now on; before a history is read, which may be too big for it.</summary>
    /// <exception cref="InputException">The program alone takes more than the limit.</exception>
    public static void Begin(CheckOptions options)
    {
        if (options.MemoryLimitBytes is long limit)
        {
            LimitHeap(limit);
        }
    }

    /// <summary>The same options, with what this process may hold turned into what the check may hold.</summary>
    /// <exception cref="InputException">What is loaded by now takes more than the limit.</exception>
    public static CheckOptions Apply(CheckOptions options)
    {
        if (options.MemoryLimitBytes is not long limit)
        {
            return options;
        }

        return options with { MemoryLimitBytes = (long)(LimitHeap(limit) * Share) };
    }

    /// <summary>Tells the collector how far its heap may grow; returns how much of that is free.</summary>
    private static long LimitHeap(long limit)
    {
        // What reading has left behind goes back to the system, or it would count twice.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var memory = GC.GetGCMemoryInfo();
        using var process = Process.GetCurrentProcess();
        var heap = limit - Math.Max(SmallestReserve, limit / 20) - (process.WorkingSet64 - memory.TotalCommittedBytes);
        var left = heap - memory.TotalCommittedBytes;
        if (left >= SmallestRoom)
        {
            try
            {
                AppContext.SetData("GCHeapHardLimit", (ulong)heap);
                GC.RefreshMemoryLimit();
                return left;
            }
            catch (InvalidOperationException)
            {
                // The collector holds more than it needs, and does not let go of it.
            }
        }

        throw new InputException($"--memory: the program, and what it has read of the history, take {process.WorkingSet64:N0} bytes; a check needs at least {limit - left + SmallestRoom:N0} in all.");
    }
}
