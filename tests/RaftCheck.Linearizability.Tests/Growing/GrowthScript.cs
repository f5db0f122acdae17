namespace RaftCheck.Linearizability.Tests;

/// <summary>Histories of a set that only grows, or of a list whose elements all differ; both may hold some at first.</summary>
internal sealed class GrowthScript(string model, params int[] initially)
{
    private readonly bool _isList = model == "append-list";
    private readonly List<List<Value>> _lists = [.. Enumerable.Range(0, 5).Select(Lists)];

    /// <summary>How many different things an operation of a small history can do.</summary>
    public int Choices(int operations) => 2 * (_isList ? 1 + _lists[operations].Count : 4 + (2 * operations) + (1 << operations));

    /// <summary>
    /// A history of a few operations. The digits of a number say of each whether it returns, and what it does: add an
    /// element of its own, or the first one's and what that answers, look for an element, or read.
    /// </summary>
    public History Small(int[] order, long script)
    {
        int operations = order.Length / 2;
        int choices = Choices(operations);
        var events = new List<HistoryEvent>();
        var called = new bool[operations];
        var digits = new int[operations];
        for (int i = 0; i < operations; i++)
        {
            digits[i] = (int)(script % choices);
            script /= choices;
        }

        foreach (int i in order)
        {
            (string f, Value input, Value output) = _isList ? OfList(i, digits[i] / 2, operations) : OfSet(i, digits[i] / 2, operations);
            if (!called[i]) events.Add(new HistoryEvent(events.Count, EventType.Invoke, i, f, null, input, -1, null));
            else if (digits[i] % 2 == 0) events.Add(new HistoryEvent(events.Count, EventType.Ok, i, f, null, output, -1, null));
            called[i] = true;
        }

        return History.FromEvents(events, NilRead.Observed);
    }

    /// <summary>Plays clients against a set or a list that takes what they ask for at some moment in between.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="operations">How many.</param>
    /// <param name="processes">How many at a time.</param>
    /// <param name="liesOneIn">One in so many results is another one; 0 for none.</param>
    /// <param name="infosOneIn">The end of one in so many that add is not known; 0 for none.</param>
    /// <param name="readsOneIn">One in so many reads everything.</param>
    /// <param name="elements">Of how many elements those are that are added; 0 if they all differ.</param>
    /// <param name="nilReads">What a read of nil says.</param>
    public History Random(Random random, int operations, int processes, int liesOneIn, int infosOneIn, int readsOneIn, int elements = 0, NilRead nilReads = NilRead.Observed)
    {
        var events = new List<HistoryEvent>();
        List<Value> held = [.. initially.Select(static each => Value.Of(each))];
        var isHeld = held.ToHashSet();
        var pending = new (string F, Value Input, Value? Result)?[processes];
        long[] process = [.. Enumerable.Range(0, processes)];
        int added = 0;
        for (int started = 0; started < operations || pending.Any(static each => each is not null);)
        {
            int slot = random.Next(processes);
            if (pending[slot] is not var (f, input, result))
            {
                if (started++ >= operations) continue;
                f = random.Next(readsOneIn) == 0 ? "read" : _isList ? "append" : random.Next(6) == 0 ? "contains" : "add";
                bool isOld = f == "contains" && added > 0;
                input = f == "read" ? Value.Nil : Value.Of(elements > 0 ? random.Next(elements) : isOld ? random.Next(added) : f == "contains" ? 0 : added++);
                pending[slot] = (f, input, null);
                Add(EventType.Invoke, input);
            }
            else if (result is null)
            {
                bool isThere = isHeld.Contains(input);
                result = f switch
                {
                    "read" => Shown(held, random, nilReads),
                    "contains" => Value.Of(isThere),
                    "add" when elements > 0 && random.Next(2) == 0 => Value.Of(!isThere),
                    _ => input,
                };
                if (f is "add" or "append" && isHeld.Add(input)) held.Add(input);
                pending[slot] = (f, input, result);
            }
            else
            {
                pending[slot] = null;
                bool isLost = f != "read" && infosOneIn > 0 && random.Next(infosOneIn) == 0;
                if (liesOneIn > 0 && random.Next(liesOneIn) == 0) result = Lie(result, held, random);
                Add(isLost ? EventType.Info : EventType.Ok, isLost ? Value.Nil : result);
                if (isLost) process[slot] += processes;
            }

            void Add(EventType type, Value what) => events.Add(new HistoryEvent(events.Count, type, process[slot], f, null, what, -1, null));
        }

        return History.FromEvents(events, nilReads);
    }

    /// <summary>A read now and then says nothing, and a set comes as a set, or as a list in which some are named twice.</summary>
    private Value Shown(List<Value> held, Random random, NilRead nilReads)
    {
        if (nilReads == NilRead.Unconstrained && random.Next(5) == 0) return Value.Nil;
        if (_isList || held.Count == 0) return Value.List([.. held]);
        return random.Next(3) switch
        {
            0 => Value.Set([.. held]),
            1 => Value.List([.. held]),
            _ => Value.List([.. held, held[random.Next(held.Count)]]),
        };
    }

    private static Value Lie(Value result, List<Value> held, Random random)
    {
        if (result.Kind == ValueKind.Bool) return Value.Of(!result.AsBool);
        if (result.Kind is not (ValueKind.List or ValueKind.Set)) return result;
        List<Value> other = [.. result.Items];
        switch (random.Next(4))
        {
            case 0 when other.Count > 0: other.RemoveAt(random.Next(other.Count)); break;
            case 1 when other.Count > 1: other.Reverse(); break;
            case 2: other.Add(Value.Of(random.Next(held.Count + 3))); break;
            default: other = [.. held]; break;
        }

        return Value.List([.. other]);
    }

    private static (string F, Value Input, Value Output) OfSet(int operation, int kind, int operations)
    {
        Value own = Value.Of(operation);
        if (kind == 0) return ("add", own, own);
        if (kind < 4) return ("add", Value.Of(0), kind == 1 ? Value.Nil : Value.Of(kind == 2));
        kind -= 4;
        if (kind < 2 * operations) return ("contains", Value.Of(kind / 2), Value.Of(kind % 2 == 0));
        kind -= 2 * operations;
        return ("read", Value.Nil, Value.List([.. Enumerable.Range(0, operations).Where(i => (kind >> i) % 2 == 1).Select(static i => Value.Of(i))]));
    }

    private (string F, Value Input, Value Output) OfList(int operation, int kind, int operations)
    {
        Value own = Value.Of(operation);
        return kind == 0 ? ("append", own, own) : ("read", Value.Nil, _lists[operations][kind - 1]);
    }

    /// <summary>All lists of different elements, and one that has one twice.</summary>
    private static List<Value> Lists(int operations)
    {
        List<Value[]> lists = [[]];
        for (int from = 0; from < lists.Count; from++)
        {
            foreach (int next in Enumerable.Range(0, operations))
            {
                if (!lists[from].Contains(Value.Of(next))) lists.Add([.. lists[from], Value.Of(next)]);
            }
        }

        return [.. lists.Select(static list => Value.List(list)), Value.List(Value.Of(0), Value.Of(0))];
    }
}
