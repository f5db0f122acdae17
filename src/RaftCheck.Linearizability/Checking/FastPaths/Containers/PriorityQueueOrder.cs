namespace RaftCheck.Linearizability;

/// <summary>Writes down the order in which a priority queue's operations take effect.</summary>
internal static class PriorityQueueOrder
{
    private const int None = ContainerHistory.None;

    /// <summary>
    /// The operations. At each moment the elements that are taken then, from the smallest to the largest; then whoever finds
    /// nothing; and last the element that cannot be put in any later.
    /// </summary>
    /// <param name="view">What was known.</param>
    /// <param name="bySize">The elements, the smallest first.</param>
    /// <param name="takenAt">When each is taken; not at all if that is behind the last rank.</param>
    /// <param name="emptyAt">When those who found nothing did.</param>
    public static int[] Operations(ContainerView view, int[] bySize, int[] takenAt, List<int> emptyAt)
    {
        var putBefore = new int[view.Ranks + 1];
        Array.Fill(putBefore, None);
        var starts = new int[view.Ranks + 2];
        foreach (int element in bySize)
        {
            if (element >= view.Count || !view.IsThere[element]) continue;
            if (takenAt[element] >= view.PutReturn[element]) putBefore[view.PutReturn[element]] = element;
            starts[takenAt[element] + 1]++;
        }

        for (int moment = 0; moment <= view.Ranks; moment++) starts[moment + 1] += starts[moment];
        var leaving = new int[starts[^1]];
        int[] next = [.. starts];
        foreach (int element in bySize)
        {
            if (element < view.Count && view.IsThere[element]) leaving[next[takenAt[element]]++] = element;
        }

        var order = new List<int>(view.History.Calls.Length);
        int empty = 0;
        for (int moment = 0; moment < view.Ranks; moment++)
        {
            foreach (int element in leaving.AsSpan(starts[moment]..starts[moment + 1]))
            {
                if (moment < view.PutReturn[element]) Add(view.History.Puts[element]);
                Add(view.Taker[element]);
            }

            for (; empty < emptyAt.Count && emptyAt[empty] == moment; empty++) Add(view.Empties[empty]);
            if (putBefore[moment + 1] != None) Add(view.History.Puts[putBefore[moment + 1]]);
        }

        return [.. order];

        void Add(int operation)
        {
            if (operation != None) order.Add(operation);
        }
    }
}
