namespace RaftCheck.Linearizability;

/// <summary>The operations that touch one part of the model's state, in the order of their calls.</summary>
internal sealed class Part(string? name)
{
    /// <summary>The part's name.</summary>
    public string? Name { get; } = name;

    /// <summary>Its operations.</summary>
    public List<JudgedOperation> Operations { get; } = [];

    /// <summary>
    /// The parts of a history, small ones first: a violation in one of them is found before a large one has used up
    /// what the check may spend, and is easier to read.
    /// </summary>
    /// <exception cref="HistoryFormatException">An operation is not one of the model's.</exception>
    public static List<Part> Split(History history, Model model, CasFail casFail)
    {
        var parts = new List<Part>();
        var named = new Dictionary<string, Part>(StringComparer.Ordinal);
        Part? nameless = null;
        foreach (Operation operation in history.OperationSpan)
        {
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
