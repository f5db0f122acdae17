namespace RaftCheck.Linearizability;

/// <summary>
/// Replays an order. A check may be wrong; an order that this finds to explain everything is not. A read is not compared
/// item by item: how many it found must be there, with the same print.
/// </summary>
internal static class GrowthReplay
{
    /// <summary>Whether an order has all that completed, keeps to real time, and explains every result.</summary>
    public static bool Explains(GrowthHistory history, int[] order)
    {
        var isIn = new bool[history.ElementCount];
        var isPlaced = new bool[history.Calls.Length];
        int held = 0;
        ulong print = 0;
        foreach (int element in history.Initially) Put(element);
        int latestCall = -1;
        int completed = 0;
        foreach (int operation in order)
        {
            latestCall = Math.Max(latestCall, history.Calls[operation]);
            if (isPlaced[operation] || history.Returns[operation] < latestCall) return false;
            isPlaced[operation] = true;
            if (history.Returns[operation] != GrowthHistory.Never) completed++;
            int element = history.Elements[operation];
            bool fits = history.Kinds[operation] switch
            {
                GrowthCallKind.Add => Put(element) is bool isNew && isNew == (history.AreNew[operation] ?? isNew),
                GrowthCallKind.Has => isIn[element],
                GrowthCallKind.HasNot => !isIn[element],
                GrowthCallKind.Read => held == history.Places[operation] && print == history.Prints[operation],
                _ => true,
            };
            if (!fits) return false;
        }

        return completed == history.ByReturn.Length;

        bool Put(int element)
        {
            if (isIn[element]) return false;
            isIn[element] = true;
            print += history.PrintOf(element, held++);
            return true;
        }
    }
}
