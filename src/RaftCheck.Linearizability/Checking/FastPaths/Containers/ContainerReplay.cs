namespace RaftCheck.Linearizability;

/// <summary>Replays an order that a monitor has built. A monitor may be wrong; an order that it was found to explain is not.</summary>
internal static class ContainerReplay
{
    /// <summary>Whether an order has all that completed, keeps to real time, and is one that the model explains.</summary>
    public static bool Explains(Part part, Model model, NilRead nilReads, ContainerHistory history, int[] order)
    {
        var isPlaced = new bool[history.Calls.Length];
        var calls = new Call[order.Length];
        int latestCall = -1;
        int completed = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int operation = order[i];
            latestCall = Math.Max(latestCall, history.Calls[operation]);
            if (isPlaced[operation] || history.Returns[operation] < latestCall) return false;
            isPlaced[operation] = true;
            if (history.Returns[operation] != ContainerHistory.Never) completed++;
            calls[i] = SearchInput.CallOf(part.Operations[operation], nilReads);
        }

        return completed == history.ByReturn.Length && model.Replay(calls) is not null;
    }
}
