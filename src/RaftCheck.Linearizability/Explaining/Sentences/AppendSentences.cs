using static RaftCheck.Linearizability.Situation;

namespace RaftCheck.Linearizability;

/// <summary>What can be wrong with a value that only appends have changed.</summary>
internal static class AppendSentences
{
    /// <summary>The sentence; <see langword="null"/> if none of these is what is wrong.</summary>
    public static string? Say(Situation situation)
    {
        if (situation.Model is not (KvModel or AppendListModel)) return null;
        // Where something else may have changed the value, other rules hold.
        if (situation.Part.Operations.Exists(judged => judged.Operation.F is "put" or "delete" or "cas")) return null;
        JudgedOperation[] reads = [.. situation.Core.Where(judged => judged.IsCompleted && situation.Model.IsRead(judged.Operation)
            && !(judged.Operation.Output is null or { IsNil: true } && situation.History.NilReads == NilRead.Unconstrained))];
        return Lost(situation, reads) ?? Diverged(reads) ?? Invented(situation, reads);
    }

    /// <summary>A read does not show what had been appended when it began.</summary>
    private static string? Lost(Situation situation, JudgedOperation[] reads)
    {
        foreach (JudgedOperation read in reads.Reverse())
        {
            foreach (JudgedOperation append in situation.Core)
            {
                if (append.Operation.F != "append" || !Precedes(append, read.Operation) || Holds(read.Operation.Output, append.Operation.Input)) continue;
                return $"{Name(read.Operation)} returned {Shown(read)}, without {Name(append.Operation.Input)}, though {Name(append.Operation)} had been acknowledged before it began.";
            }
        }

        return null;
    }

    /// <summary>Two reads of what only grows, of which neither goes on where the other ends; or the later one is shorter.</summary>
    private static string? Diverged(JudgedOperation[] reads)
    {
        foreach (JudgedOperation one in reads)
        {
            foreach (JudgedOperation other in reads)
            {
                if (Precedes(one, other.Operation) && Length(other) < Length(one) && StartsWith(one, other))
                    return $"{Name(other.Operation)} returned {Shown(other)}, less than {Shown(one)}, which {Name(one.Operation)} had returned before it began; and nothing but appends changed the value.";
                if (one.Operation.Id < other.Operation.Id && !StartsWith(one, other) && !StartsWith(other, one))
                    return $"{Name(one.Operation)} returned {Shown(one)} and {Name(other.Operation)} returned {Shown(other)}: neither goes on where the other ends, and nothing but appends changed the value.";
            }
        }

        return null;
    }

    /// <summary>A read shows what nobody had begun to append.</summary>
    private static string? Invented(Situation situation, JudgedOperation[] reads)
    {
        if (situation.Model is not AppendListModel) return null;
        foreach (JudgedOperation read in reads)
        {
            ReadOnlySpan<Value> items = (read.Operation.Output ?? Value.Nil).Items;
            Dictionary<Value, int> seenTimes = Count([.. items]);
            Dictionary<Value, int> appendedTimes = Count([.. situation.Model.Initial.Items, .. situation.Part.Operations
                .Where(each => each.Operation.F == "append" && each.Operation.InvokeIndex < read.Operation.ReturnIndex).Select(static each => each.Operation.Input)]);
            foreach (Value element in items)
            {
                int appended = appendedTimes.GetValueOrDefault(element);
                if (seenTimes[element] <= appended) continue;
                return appended == 0
                    ? $"{Name(read.Operation)} returned {Shown(read)}, with {Name(element)}, which nobody had begun to append."
                    : $"{Name(read.Operation)} returned {Shown(read)}, with {Name(element)} more often than it had been appended.";
            }
        }

        return null;
    }

    private static Dictionary<Value, int> Count(Value[] items)
    {
        var times = new Dictionary<Value, int>();
        foreach (Value item in items) times[item] = times.GetValueOrDefault(item) + 1;
        return times;
    }

    private static bool Holds(Value? read, Value appended) => read switch
    {
        { Kind: ValueKind.String } => read.AsText.Contains(appended.AsText, StringComparison.Ordinal),
        { Kind: ValueKind.List } => read.Items.Contains(appended),
        _ => appended is { Kind: ValueKind.String, AsText.Length: 0 },
    };

    private static string Shown(JudgedOperation read) => Name(read.Operation.Output ?? Value.Nil);

    private static int Length(JudgedOperation read) => read.Operation.Output switch
    {
        { Kind: ValueKind.String } text => text.AsText.Length,
        { } list => list.Items.Length,
        _ => 0,
    };

    private static bool StartsWith(JudgedOperation whole, JudgedOperation start)
    {
        if (Length(start) == 0) return true;
        Value text = whole.Operation.Output ?? Value.Nil;
        Value begin = start.Operation.Output!;
        return begin.Kind == ValueKind.String
            ? text.Kind == ValueKind.String && text.AsText.StartsWith(begin.AsText, StringComparison.Ordinal)
            : text.Items.StartsWith(begin.Items);
    }
}
