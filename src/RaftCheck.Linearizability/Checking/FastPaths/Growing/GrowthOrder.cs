namespace RaftCheck.Linearizability;

/// <summary>The order that a check has found, operation by operation.</summary>
internal static class GrowthOrder
{
    // At one moment: those that find something missing, then what comes and the reads in between, then those that find
    // it, or add it once more.
    private const int Before = 0;
    private const int During = 1;
    private const int After = 2;

    /// <summary>The operations in an order that explains the prefix which a check has judged last, and for good.</summary>
    public static int[] Of(GrowthHistory history, GrowthCheck check)
    {
        var keys = new List<ulong>();
        var operations = new List<int>();
        for (int i = 0; i < history.Calls.Length && history.Calls[i] <= check.Horizon; i++)
        {
            if (KeyOf(i, history, check) is not ulong key) continue;
            keys.Add(key);
            operations.Add(i);
        }

        ulong[] sorted = [.. keys];
        int[] order = [.. operations];
        Array.Sort(sorted, order);
        // The sort is not stable; those of one key go in the order of their calls.
        for (int from = 0, to = 1; to <= order.Length; to++)
        {
            if (to < order.Length && sorted[to] == sorted[from]) continue;
            Array.Sort(order, from, to - from);
            from = to;
        }

        return order;
    }

    private static ulong? KeyOf(int operation, GrowthHistory history, GrowthCheck check)
    {
        bool isDone = history.Returns[operation] <= check.Horizon;
        int element = history.Elements[operation];
        int call = history.Calls[operation];
        switch (history.Kinds[operation])
        {
            case GrowthCallKind.Add when operation == check.Windows.First[element] && check.Moments[element] != GrowthHistory.Never:
                return Key(check.Moments[element], During, check.Blocks[element]);
            case GrowthCallKind.Add or GrowthCallKind.Has when isDone:
                return Key(Math.Max(call, check.Moments[element]), After, 0);
            case GrowthCallKind.Read when isDone:
                return Key(check.ReadMoments[operation], During, check.ReadBlocks[operation]);
            case GrowthCallKind.HasNot or GrowthCallKind.Nothing when isDone:
                return Key(call, Before, 0);
            default:
                return null;
        }
    }

    private static ulong Key(int moment, int phase, int block) => ((ulong)moment << 33) | ((ulong)phase << 31) | (uint)block;
}
