namespace RaftCheck.Linearizability.Tests;

/// <summary>Every small history there is.</summary>
internal static class SmallHistories
{
    /// <summary>
    /// Every order of the calls and returns of operations that are called in the order of their numbers: at each place
    /// the number of the operation whose call (the first time) or return (the second time) it is.
    /// </summary>
    public static IEnumerable<int[]> Interleavings(int operations) => Extend([], [], 0, operations);

    /// <summary>Calls an action with every nth pair of an order and a script: a number with one digit for each operation.</summary>
    public static void ForEach(int operations, int choices, int everyNth, Action<int[], long> action)
    {
        long scripts = (long)Math.Pow(choices, operations);
        long next = 0;
        foreach (int[] order in Interleavings(operations))
        {
            for (; next < scripts; next += everyNth) action(order, next);
            next -= scripts;
        }
    }

    /// <summary>
    /// A history of a cas-register in which written values all differ. The digits of a number say of each operation
    /// whether it returns, what it does, and which value it finds; null if that names a value that does not fit.
    /// </summary>
    public static History? Register(int[] order, long script, int choices, int values)
    {
        int operations = order.Length / 2;
        var calls = new (bool Returns, int Kind, int Found)[operations];
        for (int i = 0; i < operations; i++)
        {
            int digit = (int)(script % choices);
            script /= choices;
            calls[i] = (digit % 2 == 0, digit / 2 % 3, digit / 6 % values);
            // The kind says all of a write; and a swap for the value that is there is a read.
            if (calls[i].Kind == 1 && calls[i].Found != 0) return null;
        }

        var events = new List<HistoryEvent>();
        var called = new bool[operations];
        foreach (int i in order)
        {
            (bool returns, int kind, int found) = calls[i];
            Value held = found == 0 ? Value.Nil : Value.Of(found);
            (string f, Value input, Value output) = kind switch
            {
                0 => ("read", Value.Nil, held),
                1 => ("write", Value.Of(i + 1), Value.Of(i + 1)),
                _ => ("cas", Value.List(held, Value.Of(i + 1)), Value.List(held, Value.Of(i + 1))),
            };
            if (!called[i]) Add(EventType.Invoke, i, f, input);
            else if (returns) Add(EventType.Ok, i, f, output);
            called[i] = true;
        }

        return History.FromEvents(events, NilRead.Observed);

        void Add(EventType type, int process, string f, Value value) =>
            events.Add(new HistoryEvent(events.Count, type, process, f, null, value, -1, null));
    }

    private static IEnumerable<int[]> Extend(List<int> order, List<int> pending, int called, int operations)
    {
        if (order.Count == 2 * operations)
        {
            yield return [.. order];
            yield break;
        }

        if (called < operations)
        {
            foreach (int[] whole in Extend([.. order, called], [.. pending, called], called + 1, operations)) yield return whole;
        }

        foreach (int operation in pending)
        {
            foreach (int[] whole in Extend([.. order, operation], [.. pending.Where(each => each != operation)], called, operations)) yield return whole;
        }
    }
}
