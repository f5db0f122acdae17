namespace RaftCheck.Linearizability.Tests;

/// <summary>Histories of a queue, a stack or a priority queue whose elements all differ, and that holds some at first.</summary>
internal sealed class ContainerScript(string model, params int[] initially)
{
    private readonly string _put = model switch { "queue" => "enqueue", "stack" => "push", _ => "insert" };
    private readonly string _take = model switch { "queue" => "dequeue", "stack" => "pop", _ => "delete-min" };

    /// <summary>How many different things an operation of a small history can do.</summary>
    public static int Choices(int operations) => 2 * (operations + 2);

    /// <summary>
    /// A history of a few operations. The digits of a number say of each whether it returns, and whether it puts in, finds
    /// nothing, or which element it takes out.
    /// </summary>
    public History Small(int[] order, long script)
    {
        int operations = order.Length / 2;
        int choices = Choices(operations);
        var events = new List<HistoryEvent>();
        var called = new bool[operations];
        var digits = new int[operations];
        // Which element is the smallest differs from script to script.
        int turn = (int)(script % operations);
        bool isDown = script / operations % 2 == 0;
        for (int i = 0; i < operations; i++)
        {
            digits[i] = (int)(script % choices);
            script /= choices;
        }

        foreach (int i in order)
        {
            int kind = digits[i] / 2;
            Value result = kind == 0 ? Element(i) : kind == 1 ? Value.Nil : Element(kind - 2);
            if (!called[i]) events.Add(new HistoryEvent(events.Count, EventType.Invoke, i, kind == 0 ? _put : _take, null, kind == 0 ? result : Value.Nil, -1, null));
            else if (digits[i] % 2 == 0) events.Add(new HistoryEvent(events.Count, EventType.Ok, i, kind == 0 ? _put : _take, null, result, -1, null));
            called[i] = true;
        }

        return History.FromEvents(events, NilRead.Observed);

        Value Element(int put) => Value.Of(1 + (isDown ? operations - 1 - ((put + turn) % operations) : (put + turn) % operations));
    }

    /// <summary>
    /// Plays clients against a container that takes what they ask for at some moment in between.
    /// </summary>
    /// <param name="random">Decides.</param>
    /// <param name="operations">How many.</param>
    /// <param name="processes">How many at a time.</param>
    /// <param name="liesOneIn">One in so many takes returns something else; 0 for none.</param>
    /// <param name="infosOneIn">The end of one in so many is not known; 0 for none.</param>
    /// <param name="putsPercent">How many of the operations put in.</param>
    public History Random(Random random, int operations, int processes, int liesOneIn = 0, int infosOneIn = 0, int putsPercent = 50)
    {
        var events = new List<HistoryEvent>();
        var contents = new SequenceContents(((IContainerLike)Linearizability.Models.Find(model)).Order, Value.List([.. initially.Select(static each => Value.Of(each))]));
        var pending = new (bool IsPut, Value Value, bool Took)?[processes];
        long[] process = [.. Enumerable.Range(0, processes)];
        int[] elements = [.. Enumerable.Range(1, operations)];
        random.Shuffle(elements);
        int put = 0;
        for (int started = 0; started < operations || pending.Any(static each => each is not null);)
        {
            int slot = random.Next(processes);
            if (pending[slot] is not var (isPut, value, took))
            {
                if (started++ >= operations) continue;
                isPut = random.Next(100) < putsPercent;
                value = isPut ? Value.Of(elements[put++]) : Value.Nil;
                pending[slot] = (isPut, value, false);
                Add(EventType.Invoke, value);
            }
            else if (!took)
            {
                if (isPut) contents.Put(value);
                else value = contents.Take();
                pending[slot] = (isPut, value, true);
            }
            else
            {
                pending[slot] = null;
                bool isLost = infosOneIn > 0 && random.Next(infosOneIn) == 0;
                bool isLie = !isPut && liesOneIn > 0 && random.Next(liesOneIn) == 0;
                if (isLie) value = put == 0 || random.Next(3) == 0 ? Value.Nil : Value.Of(elements[random.Next(put)]);
                Add(isLost ? EventType.Info : EventType.Ok, isLost && !isPut ? Value.Nil : value);
                if (isLost) process[slot] += processes;
            }

            void Add(EventType type, Value what) =>
                events.Add(new HistoryEvent(events.Count, type, process[slot], isPut ? _put : _take, null, what, -1, null));
        }

        return History.FromEvents(events, NilRead.Observed);
    }
}
