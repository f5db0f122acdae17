namespace RaftCheck.Linearizability.Tests;

/// <summary>Plays three clients against an object, which takes what they ask for at some moment in between; some of them lie.</summary>
internal static class ObjectScript
{
    public static History Play(string model, Random random, int operations)
    {
        var events = new List<HistoryEvent>();
        var taken = new List<(string F, Value Input, long Process)>();
        var pending = new (string F, Value Input, Value? Result)?[3];
        long[] process = [0, 1, 2];
        for (int started = 0; started < operations || pending.Any(static each => each is not null);)
        {
            int slot = random.Next(3);
            if (pending[slot] is not var (f, input, result))
            {
                if (started++ >= operations) continue;
                (f, input) = Invocation(model, random);
                pending[slot] = (f, input, null);
                Add(EventType.Invoke, slot, f, input);
            }
            else if (result is null && random.Next(3) > 0)
            {
                taken.Add((f, input, process[slot]));
                Value returned = Reference.Run(model, taken);
                // What a lock refuses, it has not taken.
                if (returned.Equals(Value.Keyword("refused"))) taken.RemoveAt(taken.Count - 1);
                pending[slot] = (f, input, returned);
            }
            else
            {
                pending[slot] = null;
                if (random.Next(10) == 0 || result is null)
                {
                    Add(EventType.Info, slot, f, input);
                    process[slot] += 3;
                    continue;
                }

                bool lies = random.Next(6) == 0;
                bool refused = result.Equals(Value.Keyword("refused"));
                if (refused && !lies) Add(EventType.Fail, slot, f, input);
                else Add(EventType.Ok, slot, f, lies ? Lie(model, f, refused ? Value.Of(1) : result, random) : result);
            }
        }

        return History.FromEvents(events);

        void Add(EventType type, int slot, string f, Value value) =>
            events.Add(new HistoryEvent(events.Count, type, process[slot], f, null, value, -1, null));
    }

    private static (string F, Value Input) Invocation(string model, Random random)
    {
        Value some = Value.Of(random.Next(3));
        bool first = random.Next(2) == 0;
        return model switch
        {
            "queue" => first ? ("enqueue", some) : ("dequeue", Value.Nil),
            "stack" => first ? ("push", some) : ("pop", Value.Nil),
            "priority-queue" => first ? ("insert", some) : ("delete-min", Value.Nil),
            "set" => random.Next(5) switch { 0 => ("read", Value.Nil), 1 => ("remove", some), 2 => ("contains", some), _ => ("add", some) },
            "g-set" => random.Next(3) switch { 0 => ("read", Value.Nil), 1 => ("contains", some), _ => ("add", some) },
            "counter" => random.Next(5) switch { 0 => ("add", some), 1 => ("increment", Value.Nil), 2 => ("decrement", Value.Nil), 3 => ("add-and-get", some), _ => ("read", Value.Nil) },
            "append-list" => first ? ("append", some) : ("read", Value.Nil),
            "unique-ids" => ("generate", Value.Nil),
            "list-append" => ("txn", Value.List([.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => Micro(random))])),
            _ => (first ? "acquire" : "release", Value.Nil),
        };
    }

    private static Value Micro(Random random)
    {
        Value key = Value.Keyword(random.Next(2) == 0 ? "x" : "y");
        return random.Next(2) == 0
            ? Value.List(Value.Keyword("append"), key, Value.Of(random.Next(3)))
            : Value.List(Value.Keyword("r"), key, Value.Nil);
    }

    private static Value Lie(string model, string f, Value result, Random random) => (model, f) switch
    {
        ("set", "read") or ("g-set", "read") => Value.Set([.. Enumerable.Range(0, 3).Where(_ => random.Next(2) == 0).Select(static n => Value.Of(n))]),
        ("append-list", "read") => Value.List([.. Enumerable.Range(0, random.Next(3)).Select(_ => Value.Of(random.Next(3)))]),
        (_, "contains") => Value.Of(random.Next(2) == 0),
        ("set", "remove") => Value.Of(random.Next(2) == 0),
        ("list-append", _) => Value.List([.. result.Items.ToArray().Select(static micro => micro.Items[0].AsText == "append" ? micro : Value.List(micro.Items[0], micro.Items[1], Value.List(Value.Of(1))))]),
        (_, "enqueue" or "push" or "insert" or "append" or "add" or "increment" or "decrement" or "release") => result,
        _ => Value.Of(random.Next(3)),
    };
}
