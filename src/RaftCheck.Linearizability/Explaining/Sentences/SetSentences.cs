using static RaftCheck.Linearizability.Situation;

namespace RaftCheck.Linearizability;

/// <summary>What can be wrong with a set.</summary>
internal static class SetSentences
{
    /// <summary>The sentence; <see langword="null"/> if none of these is what is wrong.</summary>
    public static string? Say(Situation situation)
    {
        if (situation.Model is not SetModel) return null;
        foreach (JudgedOperation read in situation.Core.AsEnumerable().Reverse())
        {
            if (!read.IsCompleted || !situation.Model.IsRead(read.Operation) || read.Operation.Output is not Value output) continue;
            if (output.IsNil && situation.History.NilReads == NilRead.Unconstrained) continue;
            if (Foreign(situation, read, output) is string foreign) return foreign;
            if (Missing(situation, read, output) is string missing) return missing;
        }

        return null;
    }

    private static string? Foreign(Situation situation, JudgedOperation read, Value output)
    {
        Value[] seen = read.Operation.F == "read" ? [.. output.Items] : output.Equals(Value.True) ? [read.Operation.Input] : [];
        HashSet<Value> initial = [.. situation.Model.Initial.Items];
        var adds = new Dictionary<Value, Operation>();
        foreach (JudgedOperation judged in situation.Part.Operations)
        {
            if (judged.Operation.F == "add") adds.TryAdd(judged.Operation.Input, judged.Operation);
        }

        foreach (Value element in seen)
        {
            if (initial.Contains(element)) continue;
            if (!adds.TryGetValue(element, out Operation? first)) return $"{Name(read.Operation)} found {Name(element)}, which nobody added.";
            if (first.InvokeIndex > read.Operation.ReturnIndex)
                return $"{Name(read.Operation)} found {Name(element)} before {Name(first)} had begun to add it.";
        }

        return null;
    }

    private static string? Missing(Situation situation, JudgedOperation read, Value output)
    {
        HashSet<Value> found = [.. output.Items];
        // What is missing need not be said by the core: there it may be another read, at the same time, that found it.
        foreach (JudgedOperation evidence in situation.Core.Concat(situation.Part.Operations))
        {
            if (!Precedes(evidence, read.Operation)) continue;
            foreach (Value element in Shown(evidence.Operation))
            {
                bool isMissing = read.Operation.F == "read" ? !found.Contains(element) : output.Equals(Value.False) && element.Equals(read.Operation.Input);
                if (!isMissing || situation.Part.Operations.Exists(each => each.Operation.F == "remove" && each.Operation.Input.Equals(element) && MayFallBetween(each, evidence.Operation, read.Operation))) continue;
                string why = evidence.Operation.F == "add" ? $"{Name(evidence.Operation)} had been acknowledged" : $"{Name(evidence.Operation)} had found it";
                return $"{Name(read.Operation)} did not find {Name(element)}, though {why} before it began, and nobody can have removed it since.";
            }
        }

        return null;
    }

    /// <summary>What was in the set when an operation took effect.</summary>
    private static Value[] Shown(Operation operation) => operation.F switch
    {
        "add" => [operation.Input],
        "contains" when operation.Output is { } found && found.Equals(Value.True) => [operation.Input],
        "read" when operation.Output is { } read => [.. read.Items],
        _ => [],
    };
}
