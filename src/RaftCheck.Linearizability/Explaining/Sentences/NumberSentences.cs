using System.Globalization;
using static RaftCheck.Linearizability.Situation;

namespace RaftCheck.Linearizability;

/// <summary>What can be wrong with a counter, and with ids that should be unique.</summary>
internal static class NumberSentences
{
    /// <summary>The sentence; <see langword="null"/> if none of these is what is wrong.</summary>
    public static string? Say(Situation situation) => situation.Model switch
    {
        CounterModel => Counter(situation),
        UniqueIdsModel => UniqueIds(situation),
        _ => null,
    };

    private static string? UniqueIds(Situation situation)
    {
        for (int i = 0; i < situation.Core.Count; i++)
        {
            Operation second = situation.Core[i].Operation;
            if (second.Output is not Value id || id.IsNil) continue;
            if (situation.Model.Initial.Items.Contains(id)) return $"{Name(second)} returned {Name(id)}, which was given before the history began.";
            int first = situation.Core.FindIndex(each => id.Equals(each.Operation.Output));
            if (first < i) return $"{Name(situation.Core[first].Operation)} and {Name(second)} both returned {Name(id)}.";
        }

        return null;
    }

    private static string? Counter(Situation situation)
    {
        foreach (JudgedOperation read in situation.Core.AsEnumerable().Reverse())
        {
            bool returnsSum = read.Operation.F == "add-and-get";
            if (!read.IsCompleted || !(read.Operation.F == "read" || returnsSum) || read.Operation.Output is not { Kind: ValueKind.Integer } output) continue;
            Int128 least = situation.Model.Initial.AsInteger + (returnsSum ? AmountOf(read.Operation) : 0);
            Int128 most = least;
            foreach (JudgedOperation each in situation.Part.Operations)
            {
                if (each.Operation.Id == read.Operation.Id || each.Operation.InvokeIndex > read.Operation.ReturnIndex) continue;
                long amount = AmountOf(each.Operation);
                bool isSure = Precedes(each, read.Operation);
                if (amount > 0 || isSure) most += amount;
                if (amount < 0 || isSure) least += amount;
            }

            // Beyond the numbers that there are, a counter wraps around.
            if (least < long.MinValue || most > long.MaxValue || (output.AsInteger >= least && output.AsInteger <= most)) continue;
            return output.AsInteger < least
                ? string.Create(CultureInfo.InvariantCulture, $"{Name(read.Operation)} returned {output.AsInteger}, but by what had been acknowledged before it began, and all else that can have been taken away, it was {least} at least.")
                : string.Create(CultureInfo.InvariantCulture, $"{Name(read.Operation)} returned {output.AsInteger}, but all that had begun to be added before it returned makes {most} at most.");
        }

        return null;
    }

    private static long AmountOf(Operation operation)
    {
        if (operation.F == "read") return 0;
        long amount = operation.Input.IsNil ? 1 : operation.Input.AsInteger;
        return operation.F == "decrement" ? -amount : amount;
    }
}
