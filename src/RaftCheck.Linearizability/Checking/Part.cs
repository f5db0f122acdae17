namespace RaftCheck.Linearizability;

/// <summary>The operations that touch one part of the model's state, in the order of their calls.</summary>
internal sealed class Part(string? name)
{
    /// <summary>The part's name.</summary>
    public string? Name { get; } = name;

    /// <summary>What stands in <see cref="LogStarts"/> for an operation of which the log says nothing.</summary>
    public const int NotInLog = -1;

    /// <summary>Its operations.</summary>
    public List<JudgedOperation> Operations { get; } = [];

    /// <summary>
    /// For each operation, how many of this part's operations stand before it in the log, those of its own entry not
    /// counted; <see langword="null"/> if nothing is known of a log.
    /// </summary>
    public int[]? LogStarts { get; set; }

    /// <summary>The operations at these positions.</summary>
    public Operation[] OperationsAt(ReadOnlySpan<int> positions)
    {
        var operations = new Operation[positions.Length];
        for (int i = 0; i < positions.Length; i++) operations[i] = Operations[positions[i]].Operation;
        return operations;
    }

    /// <summary>The positions of the completed operations, in the order of their returns.</summary>
    public int[] CompletedByReturn()
    {
        int count = Operations.Count(static judged => judged.IsCompleted);
        var times = new int[count];
        var positions = new int[count];
        int next = 0;
        for (int i = 0; i < Operations.Count; i++)
        {
            if (!Operations[i].IsCompleted) continue;
            times[next] = Operations[i].Operation.ReturnIndex ?? int.MaxValue;
            positions[next++] = i;
        }

        Array.Sort(times, positions);
        return positions;
    }

    /// <summary>What was known at a return: operations that returned later count as unknown, those called later are not there.</summary>
    /// <param name="returns">What <see cref="CompletedByReturn"/> gives.</param>
    /// <param name="count">How many of these returns have been.</param>
    /// <param name="model">Tells which operations say nothing as long as they are unknown.</param>
    public Part Prefix(int[] returns, int count, Model model)
    {
        var prefix = new Part(Name);
        int horizon = count == 0 ? -1 : Operations[returns[count - 1]].Operation.ReturnIndex ?? int.MaxValue;
        foreach (JudgedOperation judged in Operations)
        {
            if (judged.Operation.InvokeIndex > horizon) break;
            if (judged.Operation.ReturnIndex <= horizon || !judged.IsCompleted) prefix.Operations.Add(judged);
            else if (!model.IsRead(judged.Operation)) prefix.Operations.Add(judged with { Outcome = CallOutcome.Unknown });
        }

        return prefix;
    }

    /// <summary>
    /// The parts of a history, small ones first: a violation in one of them is found before a large one has used up
    /// what the check may spend, and is easier to read.
    /// </summary>
    /// <exception cref="HistoryFormatException">An operation is not one of the model's.</exception>
    /// <exception cref="SpentException">The budget, if there is one, ran out.</exception>
    public static List<Part> Split(History history, Model model, CasFail casFail, Budget? budget = null)
    {
        var parts = new List<Part>();
        var named = new Dictionary<string, Part>(StringComparer.Ordinal);
        Part? nameless = null;
        foreach (Operation operation in history.OperationSpan)
        {
            budget?.RequireStep();
            if (model.Complaint(operation) is string complaint)
                throw new HistoryFormatException($"event {operation.InvokeIndex}: {complaint}");
            CallOutcome? outcome = JudgedOperation.Judge(model, operation, casFail);
            if (outcome is null) continue;

            string? name = model.PartOf(operation);
            Part? part = nameless;
            if (name is not null) named.TryGetValue(name, out part);
            if (part is null)
            {
                part = new Part(name);
                parts.Add(part);
                if (name is null) nameless = part;
                else named.Add(name, part);
            }

            part.Operations.Add(new JudgedOperation(operation, outcome.Value));
        }

        // Of equal size, the one that the history mentions first: List.Sort is not stable, so the order is spelt out.
        parts.Sort(static (x, y) =>
        {
            int bySize = x.Operations.Count.CompareTo(y.Operations.Count);
            return bySize != 0 ? bySize : x.Operations[0].Operation.Id.CompareTo(y.Operations[0].Operation.Id);
        });
        return parts;
    }
}
