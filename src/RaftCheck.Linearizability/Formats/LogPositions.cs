namespace RaftCheck.Linearizability;

/// <summary>Reads the two fields of an event that say where in a replicated log its operation took effect.</summary>
internal static class LogPositions
{
    /// <summary>The position; <see langword="null"/> when the event has neither field.</summary>
    /// <param name="source">The text.</param>
    /// <param name="offset">Where the event stands in it.</param>
    /// <param name="type">The event's type: a call has no position yet.</param>
    /// <param name="term">The term, by the name that the format gives it.</param>
    /// <param name="index">The index, likewise.</param>
    public static LogPosition? Read(SourceText source, int offset, EventType type, (string Name, Value Value) term, (string Name, Value Value) index)
    {
        if (term.Value.IsNil && index.Value.IsNil) return null;
        if (type == EventType.Invoke) throw source.Error(offset, $"{term.Name} and {index.Name} belong to a return, not to a call");
        return new LogPosition(Number(source, offset, term, index.Name), Number(source, offset, index, term.Name));
    }

    private static long Number(SourceText source, int offset, (string Name, Value Value) field, string other)
    {
        Value value = field.Value;
        if (value.IsNil) throw source.Error(offset, $"the event has {other} but no {field.Name}: both or neither");
        return value.Kind == ValueKind.Integer && value.AsInteger >= 0
            ? value.AsInteger
            : throw source.Error(offset, $"{field.Name} is a whole number from 0, not {OneLine.Shorten(value.ToString())}");
    }
}
