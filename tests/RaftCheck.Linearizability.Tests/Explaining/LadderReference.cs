namespace RaftCheck.Linearizability.Tests;

/// <summary>The levels of consistency by their definitions, tried out without any cleverness.</summary>
internal static class LadderReference
{
    /// <summary>Whether some order keeps each process's own: every one is tried.</summary>
    public static bool IsSequential(History history, Model model)
    {
        Operation[] operations = [.. history.Operations.Where(operation => operation.Completion != Completion.Fail || (model.Compares(operation.F) && operation.Error == "mismatch"))];
        return Extend([.. operations], []);

        bool Extend(List<Operation> left, Dictionary<string, Value> states)
        {
            if (left.All(static operation => operation.IsIndeterminate)) return true;
            foreach (Operation next in left)
            {
                // Only those before it in its process that are known to have ended must have taken effect.
                if (left.Exists(other => other.Process == next.Process && other.Id < next.Id && !other.IsIndeterminate)) continue;
                string part = model.PartOf(next) ?? "";
                if (Step(model, states.GetValueOrDefault(part, model.Initial), next, history.NilReads) is not Value after) continue;
                if (Extend([.. left.Where(other => other.Id != next.Id)], new Dictionary<string, Value>(states) { [part] = after })) return true;
            }

            return false;
        }
    }

    /// <summary>The smallest k for which some order in real time has each read return one of the last k values; null above 8.</summary>
    public static int? Staleness(History history, Model model, string? partition)
    {
        Operation[] operations = [.. history.Operations.Where(operation => model.PartOf(operation) == partition
            && (operation.Completion != Completion.Fail || (operation.F == "cas" && operation.Error == "mismatch")))];
        for (int k = 2; k <= 8; k++)
        {
            if (Extend([.. operations], [model.Initial], k)) return k;
        }

        return null;

        bool Extend(List<Operation> left, List<Value> written, int k)
        {
            if (left.All(static operation => operation.IsIndeterminate)) return true;
            foreach (Operation next in left)
            {
                if (left.Exists(other => !other.IsIndeterminate && other.ReturnIndex < next.InvokeIndex)) continue;
                IEnumerable<Value> visible = model.IsRead(next) ? written.TakeLast(k) : written.TakeLast(1);
                Value? after = visible.Select(value => Step(model, value, next, history.NilReads)).FirstOrDefault(static value => value is not null);
                if (after is null) continue;
                bool writes = next.F is "write" or "put" or "delete" || (next.F == "cas" && !after.Equals(written[^1]));
                if (Extend([.. left.Where(other => other.Id != next.Id)], writes ? [.. written, after] : written, k)) return true;
            }

            return false;
        }
    }

    /// <summary>A level's bad patterns, by the closure of what came before what.</summary>
    public static bool Holds(ConsistencyLevel level, History history, Model model)
    {
        Value initial = model.Initial;
        Operation[] ops = [.. history.Operations.Where(operation => operation.Completion == Completion.Ok || operation.IsIndeterminate)];
        Value? Wrote(Operation o) => o.F switch { "write" or "put" => o.Input, "delete" => Value.Of(""), "cas" when !o.Input.Items[0].Equals(o.Input.Items[1]) => o.Input.Items[1], _ => null };
        Value? Saw(Operation o) => o.F switch { "read" or "get" => o.Output is { IsNil: true } && model.Name == "kv" ? Value.Of("") : o.Output, "cas" => o.Input.Items[0], _ => null };
        ops = [.. ops.Where(o => !o.IsIndeterminate || (Wrote(o) is Value written && ops.Any(reader => !reader.IsIndeterminate && written.Equals(Saw(reader)))))];
        int n = ops.Length;
        int From(int i) => Saw(ops[i]) is not Value saw ? -3 : saw.Equals(initial) ? -1 : Array.FindIndex(ops, writer => saw.Equals(Wrote(writer))) is var at && at >= 0 ? at : -2;
        bool IsBefore(int i, int j) => ops[i].Process == ops[j].Process && i < j && !ops[i].IsIndeterminate;
        var before = new bool[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) before[i, j] = IsBefore(i, j) || From(j) == i;
        }

        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++) before[i, j] |= before[i, k] && before[k, j];
            }
        }

        if (Enumerable.Range(0, n).Any(i => before[i, i])) return false;
        int[] all = [.. Enumerable.Range(0, n)];
        bool Older(int one, int other) => one == -1 || (one >= 0 && one != other && before[one, other]);
        int[] writes = [.. all.Where(i => Wrote(ops[i]) is not null)];
        int[] reads = [.. all.Where(i => From(i) != -3)];
        return level switch
        {
            ConsistencyLevel.Causal => !reads.Any(r => From(r) == -2 || writes.Any(w => before[w, r] && w != From(r) && (From(r) == -1 || before[From(r), w]))),
            ConsistencyLevel.ReadYourWrites => !reads.Any(r => writes.Any(w => IsBefore(w, r) && Older(From(r), w))),
            ConsistencyLevel.MonotonicReads => !reads.Any(r => reads.Any(first => IsBefore(first, r) && From(first) >= 0 && Older(From(r), From(first)))),
            ConsistencyLevel.MonotonicWrites => !reads.Any(r => reads.Any(first => IsBefore(first, r) && From(first) >= 0 && From(r) >= 0 && IsBefore(From(r), From(first)))),
            _ => !reads.Any(r => reads.Any(first => IsBefore(first, r) && From(first) >= 0 && From(r) >= 0 && From(r) != From(first)
                && reads.Any(known => From(known) == From(r) && (known == From(first) || IsBefore(known, From(first)))))),
        };
    }

    private static Value? Step(Model model, Value state, Operation operation, NilRead nilReads)
    {
        CallOutcome outcome = operation.Completion switch { Completion.Ok => CallOutcome.Returned, Completion.Fail => CallOutcome.Mismatched, _ => CallOutcome.Unknown };
        return model.Step(state, new Call(operation.F, operation.Input, outcome == CallOutcome.Returned ? operation.Output ?? Value.Nil : Value.Nil, outcome, nilReads) { Process = operation.Process });
    }
}
