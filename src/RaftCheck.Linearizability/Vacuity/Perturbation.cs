namespace RaftCheck.Linearizability;

/// <summary>One reply, told otherwise.</summary>
internal static class Perturbation
{
    /// <summary>A part like another one, but for one reply; <see langword="null"/> if there is no other reply to think of.</summary>
    public static Part? Of(Part part, int position, Model model)
    {
        JudgedOperation judged = part.Operations[position];
        Operation operation = judged.Operation;
        if (judged.Outcome == CallOutcome.Mismatched)
            return With(part, position, new JudgedOperation(operation with { Completion = Completion.Ok, Output = operation.Input }, CallOutcome.Returned));
        if (model.Compares(operation.F)) return With(part, position, judged with { Outcome = CallOutcome.Mismatched });

        if (!Returns(operation, model)) return Without(part, position);
        Value other = NearestOther(part, position, model);
        Operation changed = operation with { Output = other };
        return model.Complaint(changed) is null ? With(part, position, judged with { Operation = changed }) : null;
    }

    /// <summary>Whether what an operation returned says something that its argument did not.</summary>
    private static bool Returns(Operation operation, Model model) =>
        model.IsRead(operation) || (operation.Output is { IsNil: false } output && !output.Equals(operation.Input));

    private static Value NearestOther(Part part, int position, Model model)
    {
        Value output = part.Operations[position].Operation.Output ?? Value.Nil;
        for (int distance = 1; distance < part.Operations.Count; distance++)
        {
            // Before it, rather than behind: an old value is the likelier mistake.
            if (ValueAt(position - distance) is Value before) return before;
            if (ValueAt(position + distance) is Value behind) return behind;
        }

        // Nothing else was ever seen or written.
        return output.Kind switch
        {
            ValueKind.Integer => Value.Of(unchecked(output.AsInteger + 1)),
            ValueKind.Bool => output.AsBool ? Value.False : Value.True,
            ValueKind.String => Value.Of(output.AsText + "?"),
            _ => Value.Of(0),
        };

        Value? ValueAt(int at)
        {
            if (at < 0 || at >= part.Operations.Count) return null;
            Operation other = part.Operations[at].Operation;
            Value? value = Returns(other, model) ? other.Output : other.Input;
            bool fits = value is { IsNil: false } && (value.Kind == output.Kind || output.IsNil) && !value.Equals(output);
            return fits ? value : null;
        }
    }

    private static Part With(Part part, int position, JudgedOperation changed)
    {
        var copy = new Part(part.Name) { LogStarts = part.LogStarts };
        copy.Operations.AddRange(part.Operations);
        copy.Operations[position] = changed;
        return copy;
    }

    private static Part Without(Part part, int position)
    {
        var copy = new Part(part.Name);
        copy.Operations.AddRange(part.Operations);
        copy.Operations.RemoveAt(position);
        if (part.LogStarts is not int[] starts) return copy;
        // One less stands before those that stood behind it in the log.
        int start = starts[position];
        var list = new List<int>(starts);
        list.RemoveAt(position);
        copy.LogStarts = [.. list.Select(each => start != Part.NotInLog && each > start ? each - 1 : each)];
        return copy;
    }
}
