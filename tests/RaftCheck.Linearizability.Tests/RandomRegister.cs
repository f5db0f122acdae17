using System.Globalization;

namespace RaftCheck.Linearizability.Tests;

/// <summary>
/// Plays clients against a register whose written values all differ. Operations take effect somewhere between their
/// call and their return; now and then one lies about what it found.
/// </summary>
internal static class RandomRegister
{
    /// <summary>A history of that many operations.</summary>
    public static History Play(Random random, string model, int operations, int processes, bool lies = true, bool infos = true)
    {
        bool isKv = model == "kv";
        var events = new List<HistoryEvent>();
        var pending = new Pending?[processes];
        long[] process = [.. Enumerable.Range(0, processes)];
        string held = isKv ? "" : "nil";
        var known = new List<string> { held };
        int written = 0;
        for (int started = 0; started < operations || pending.Any(static each => each is not null);)
        {
            int slot = random.Next(processes);
            if (pending[slot] is not Pending call)
            {
                if (started++ >= operations) continue;
                string value = (++written).ToString(CultureInfo.InvariantCulture);
                string expected = random.Next(3) == 0 ? known[random.Next(known.Count)] : held;
                int kind = random.Next(4);
                (string f, Value input) = kind switch
                {
                    0 => (isKv ? "put" : "write", Of(value)),
                    1 when model != "register" => ("cas", Value.List(Of(expected), Of(value))),
                    2 when isKv && random.Next(6) == 0 => ("delete", Value.Nil),
                    _ => (isKv ? "get" : "read", Value.Nil),
                };
                pending[slot] = new Pending(f, input, value, expected);
                Add(EventType.Invoke, process[slot], f, input, null);
            }
            else if (!call.TookEffect && random.Next(3) > 0)
            {
                TakeEffect(call);
            }
            else
            {
                Return(slot, call);
            }
        }

        return History.FromEvents(events, NilRead.Observed);

        Value Of(string value) => isKv ? Value.Of(value) : value == "nil" ? Value.Nil : Value.Of(long.Parse(value, CultureInfo.InvariantCulture));

        void TakeEffect(Pending call)
        {
            call.TookEffect = true;
            call.Found = held;
            if (call.F is "write" or "put" || (call.F == "cas" && held == call.Expected)) held = call.Written;
            if (call.F == "delete") held = "";
            if (held == call.Written) known.Add(held);
        }

        void Return(int slot, Pending call)
        {
            pending[slot] = null;
            if (infos && random.Next(lies ? 8 : 50) == 0)
            {
                Add(EventType.Info, process[slot], call.F, call.Input, null);
                process[slot] += processes;
                return;
            }

            if (!call.TookEffect) TakeEffect(call);
            bool isLie = lies && random.Next(6) == 0;
            bool mismatched = call.F == "cas" && (call.Found != call.Expected) != isLie;
            Value result = call.F is "read" or "get" ? Of(isLie ? known[random.Next(known.Count)] : call.Found) : call.Input;
            Add(mismatched ? EventType.Fail : EventType.Ok, process[slot], call.F, result, mismatched ? "mismatch" : null);
        }

        void Add(EventType type, long client, string f, Value value, string? error) =>
            events.Add(new HistoryEvent(events.Count, type, client, f, isKv ? "k" : null, value, -1, error));
    }

    private sealed class Pending(string f, Value input, string written, string expected)
    {
        public string F { get; } = f;

        public Value Input { get; } = input;

        public string Written { get; } = written;

        public string Expected { get; } = expected;

        public bool TookEffect { get; set; }

        public string Found { get; set; } = "";
    }
}
