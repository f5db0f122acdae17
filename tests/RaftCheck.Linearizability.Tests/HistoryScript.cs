namespace RaftCheck.Linearizability.Tests;

/// <summary>
/// Turns any list of numbers into a well-formed history of three processes, so that FsCheck shrinks histories by
/// shrinking numbers. An object runs along and gives plausible results; now and then a number says to lie, so that both
/// verdicts come up. An honest script never lies: its history is linearizable.
/// </summary>
internal sealed class HistoryScript(string model, NilRead nilReads, int operationsMax, bool honest)
{
    private readonly List<HistoryEvent> _events = [];
    private readonly HistoryEvent?[] _pending = new HistoryEvent?[3];
    private readonly long[] _process = [0, 1, 2];
    private readonly Dictionary<string, Value> _object = [];
    private int _invoked;

    public static History Play(
        string model, IEnumerable<int> numbers, NilRead nilReads, int operationsMax = 6, bool honest = false)
    {
        var script = new HistoryScript(model, nilReads, operationsMax, honest);
        foreach (int number in numbers) script.Play(new Choices(number));
        return History.FromEvents(script._events, nilReads);
    }

    private void Play(Choices choices)
    {
        int slot = choices.Next(3);
        if (_pending[slot] is null)
        {
            if (_invoked++ >= operationsMax) return;
            (string f, string? key, Value value) = Invocation(choices);
            _pending[slot] = Add(EventType.Invoke, _process[slot], f, key, value, null);
            return;
        }

        HistoryEvent call = _pending[slot]!;
        _pending[slot] = null;
        int ending = choices.Next(8);
        if (ending == 0)
        {
            // A process that does not know is never heard of again; another one takes its place.
            if (choices.Next(2) == 0) Run(call);
            Add(EventType.Info, call.Process, call.F, call.Key, Value.Keyword("timed-out"), "timed-out");
            _process[slot] += 3;
        }
        else if (ending == 1)
        {
            Add(EventType.Fail, call.Process, call.F, call.Key, call.Value, !honest && choices.Next(2) == 0 ? "mismatch" : "no-leader");
        }
        else
        {
            Value? result = Run(call);
            if (result is null && (honest || choices.Next(4) > 0)) Add(EventType.Fail, call.Process, call.F, call.Key, call.Value, "mismatch");
            else Add(EventType.Ok, call.Process, call.F, call.Key, !honest && choices.Next(3) == 0 ? Lie(call, choices) : result ?? call.Value, null);
        }
    }

    private HistoryEvent Add(EventType type, long process, string f, string? key, Value value, string? error)
    {
        var e = new HistoryEvent(_events.Count, type, process, f, key, value, -1, error);
        _events.Add(e);
        return e;
    }

    private (string F, string? Key, Value Value) Invocation(Choices choices)
    {
        string? key = choices.Next(2) == 0 ? "a" : "b";
        Value Some() => model == "kv" ? Value.Of(choices.Next(3) is var n && n == 0 ? "" : n.ToString(System.Globalization.CultureInfo.InvariantCulture)) : Value.Of(choices.Next(3));
        switch (model)
        {
            case "register": return choices.Next(2) == 0 ? ("read", null, Value.Nil) : ("write", null, Some());
            case "mutex": return (choices.Next(2) == 0 ? "acquire" : "release", null, Value.Nil);
            case "multi-register": return ("txn", null, Value.List([.. Enumerable.Range(0, 1 + choices.Next(2)).Select(_ => Micro(choices))]));
            case "kv" when choices.Next(3) == 0:
                return choices.Next(2) == 0 ? ("append", key, Some()) : ("delete", key, Value.Nil);
            default:
                string? own = model == "kv" ? key : null;
                return choices.Next(3) switch
                {
                    0 => (model == "kv" ? "get" : "read", own, Value.Nil),
                    1 => (model == "kv" ? "put" : "write", own, Some()),
                    _ => ("cas", own, Value.List(Some(), Some())),
                };
        }
    }

    private static Value Micro(Choices choices)
    {
        Value register = Value.Keyword(choices.Next(2) == 0 ? "x" : "y");
        return choices.Next(2) == 0
            ? Value.List(Value.Keyword("read"), register, Value.Nil)
            : Value.List(Value.Keyword("write"), register, Value.Of(choices.Next(3)));
    }

    /// <summary>The object takes the operation; null when it refuses.</summary>
    private Value? Run(HistoryEvent call)
    {
        string key = call.Key ?? "";
        Value held = _object.GetValueOrDefault(key, model == "kv" ? Value.Of("") : Value.Nil);
        switch (call.F)
        {
            case "read" or "get": return held;
            case "write" or "put": _object[key] = call.Value; return call.Value;
            case "append": _object[key] = Value.Of(held.AsText + call.Value.AsText); return call.Value;
            case "delete": _object.Remove(key); return call.Value;
            case "acquire" or "release":
                if (held.IsNil != (call.F == "acquire")) return null;
                _object[key] = call.F == "acquire" ? Value.True : Value.Nil;
                return call.Value;
            case "cas":
                if (!held.Equals(call.Value.Items[0])) return null;
                _object[key] = call.Value.Items[1];
                return call.Value;
            default: return Value.List([.. call.Value.Items.ToArray().Select(RunMicro)]);
        }
    }

    private Value RunMicro(Value micro)
    {
        string register = micro.Items[1].AsText;
        if (micro.Items[0].AsText == "write") _object[register] = micro.Items[2];
        return Value.List(micro.Items[0], micro.Items[1], _object.GetValueOrDefault(register, Value.Nil));
    }

    private Value Lie(HistoryEvent call, Choices choices) => call.F switch
    {
        "read" => choices.Next(4) is var n && n == 3 ? Value.Nil : Value.Of(n),
        "get" => new[] { Value.Nil, Value.Of(""), Value.Of("1"), Value.Of("12") }[choices.Next(4)],
        "txn" => Value.List([.. call.Value.Items.ToArray().Select(micro => micro.Items[0].AsText == "write"
            ? micro
            : Value.List(micro.Items[0], micro.Items[1], nilReads == NilRead.Observed || choices.Next(2) == 0 ? Value.Of(choices.Next(3)) : Value.Nil))]),
        _ => call.Value,
    };

    /// <summary>Small choices out of one number.</summary>
    private sealed class Choices(int number)
    {
        private uint _number = (uint)number;

        public int Next(int count)
        {
            int choice = (int)(_number % (uint)count);
            _number /= (uint)count;
            return choice;
        }
    }
}
