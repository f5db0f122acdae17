namespace RaftCheck.Linearizability.Tests;

/// <summary>Proves that a set without whole reads is judged in near-linear time, also where all clients use one element.</summary>
public sealed class LongSetTests
{
    private static readonly Model Set = Models.Find("set");

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(5000, true)]
    public void A_long_history_costs_in_proportion_to_its_length(int elements, bool sayWhetherChanged)
    {
        const int Operations = 50_000;
        History history = Play(new Random(4), Operations, elements, sayWhetherChanged);
        CheckResult result = LinearizabilityChecker.Check(history, Set, new CheckOptions { MaxStates = 4 * Operations });
        Assert.True(result.Verdict == Verdict.Linearizable, result.Explanation);

        HistoryEvent last = history.Events.Last(static e => e.Type == EventType.Ok && e.F == "contains");
        CheckResult violation = LinearizabilityChecker.Check(WithContradiction(history, last), Set, new CheckOptions { MaxStates = 40 * Operations, MemoryLimitBytes = 1L << 29 });
        Assert.True(violation.Verdict == Verdict.NotLinearizable, violation.Explanation);
    }

    /// <summary>The history, and behind it one element is seen to be there and not to be there.</summary>
    private static History WithContradiction(History history, HistoryEvent like)
    {
        Value element = history.Operations.First(operation => operation.ReturnIndex == like.Index).Input;
        int index = history.Events.Count;
        IEnumerable<HistoryEvent> Seen(Value seen)
        {
            yield return new HistoryEvent(index++, EventType.Invoke, 1000, "contains", null, element, -1, null);
            yield return new HistoryEvent(index++, EventType.Ok, 1000, "contains", null, seen, -1, null);
        }

        return History.FromEvents([.. history.Events, .. Seen(Value.True), .. Seen(Value.False)]);
    }

    /// <summary>Ten clients; at the end nothing is pending.</summary>
    private static History Play(Random random, int operations, int elements, bool sayWhetherChanged)
    {
        var events = new List<HistoryEvent>();
        var pending = new (string F, int Element, Value? Result)?[10];
        var isIn = new bool[elements];
        for (int started = 0; started < operations || pending.Any(static each => each is not null);)
        {
            int slot = random.Next(pending.Length);
            if (pending[slot] is not var (f, element, result))
            {
                if (started++ >= operations) continue;
                f = random.Next(3) switch { 0 => "add", 1 => "remove", _ => "contains" };
                pending[slot] = (f, random.Next(elements), null);
                Add(EventType.Invoke, Value.Of(pending[slot]!.Value.Element));
            }
            else if (result is null)
            {
                bool told = f == "add" ? !isIn[element] : isIn[element];
                if (f != "contains") isIn[element] = f == "add";
                pending[slot] = (f, element, f == "contains" || sayWhetherChanged ? Value.Of(told) : Value.Of(element));
            }
            else
            {
                pending[slot] = null;
                Add(EventType.Ok, result);
            }

            void Add(EventType type, Value value) => events.Add(new HistoryEvent(events.Count, type, slot, f, null, value, -1, null));
        }

        return History.FromEvents(events);
    }
}
