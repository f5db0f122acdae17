namespace RaftCheck.Linearizability;

/// <summary>The times of a history, as far as they are known.</summary>
internal sealed class PageTimes(PageJson json, History history)
{
    // A script's numbers are exact up to 2 to the power of 53; nanoseconds since 1970 are beyond that.
    private const long ExactMax = 1L << 53;

    /// <summary>Writes the times of calls and returns (-1: not known), and what to add to them; nothing when none is known.</summary>
    public void Write()
    {
        IReadOnlyList<Operation> operations = history.Operations;
        long smallest = long.MaxValue;
        long largest = -1;
        bool areAllKnown = operations.Count > 0;
        foreach (HistoryEvent e in history.Events)
        {
            if (e.TimeNs >= 0) (smallest, largest) = (Math.Min(smallest, e.TimeNs), Math.Max(largest, e.TimeNs));
            else if (!e.IsNemesis) areAllKnown = false;
        }

        if (largest < 0) return;
        long start = largest > ExactMax ? smallest : 0;
        json.Member("timeBase", start);
        json.Member("hasTimeAxis", areAllKnown && largest > smallest ? 1 : 0);
        json.Member("callTime", operations.Select(operation => Since(operation.InvokeTimeNs, start)));
        json.Member("returnTime", operations.Select(operation => Since(operation.ReturnTimeNs, start)));
    }

    private static long Since(long time, long start) => time < 0 ? -1 : time - start;
}
