namespace RaftCheck.Linearizability;

/// <summary>The object of one line of our own format, field by field. Fields that it does not know are left alone.</summary>
internal readonly struct JsonFields(SourceText source, int offset, EventFields fields)
{
    /// <summary>What stands for the process on a line of the nemesis.</summary>
    public const string Nemesis = "nemesis";

    /// <summary>Whether the line is a header and not an event.</summary>
    public bool IsHeader => !fields.Other(Value.Of("format")).IsNil;

    /// <summary>Which field has that name, if any.</summary>
    public static EventField? FieldOf(ReadOnlySpan<char> name) => name switch
    {
        "type" => EventField.Type,
        "process" => EventField.Process,
        "f" => EventField.F,
        "key" => EventField.Key,
        "value" => EventField.Value,
        "time" => EventField.Time,
        "index" => EventField.Index,
        "error" => EventField.Error,
        "logTerm" => EventField.LogTerm,
        "logIndex" => EventField.LogIndex,
        _ => null,
    };

    /// <summary>Reads the line as a header.</summary>
    public HistoryHeader ReadHeader()
    {
        EventFields line = fields;
        return new HeaderFields(source, offset, isEdn: false, name => line.Other(Value.Of(name))).Read();
    }

    /// <summary>Reads the line as an event.</summary>
    public HistoryEvent ReadEvent(EventsBuilder events, HistoryHeader header)
    {
        EventType type = ReadType();
        long process = ReadProcess(events);
        Value f = fields[EventField.F];
        if (f.Kind != ValueKind.String) throw Wrong("f", "a string", f);
        int index = ReadIndex(events);
        string? key = OptionalString(EventField.Key, "key");
        Value value = ReadValue(events, header);
        long timeNs = ReadTimeNs(events, header);
        return new HistoryEvent(index, type, process, f.AsText, key, value, timeNs, OptionalString(EventField.Error, "error"))
        {
            Log = LogPositions.Read(source, offset, type, ("\"logTerm\"", fields[EventField.LogTerm]), ("\"logIndex\"", fields[EventField.LogIndex])),
        };
    }

    private EventType ReadType()
    {
        Value type = fields[EventField.Type];
        return type.Kind == ValueKind.String && EventsBuilder.TypeOf(type.AsText) is EventType known
            ? known
            : throw Wrong("type", "\"invoke\", \"ok\", \"fail\" or \"info\"", type);
    }

    private long ReadProcess(EventsBuilder events)
    {
        Value process = fields[EventField.Process];
        if (process.Kind == ValueKind.Integer) return events.ClientOf(offset, process.AsInteger);
        return process.Kind == ValueKind.String && process.AsText == Nemesis
            ? HistoryEvent.NemesisProcess
            : throw Wrong("process", "a whole number or \"nemesis\"", process);
    }

    private int ReadIndex(EventsBuilder events)
    {
        Value index = fields[EventField.Index];
        if (index.IsNil && events.LastIndex < int.MaxValue) return events.LastIndex + 1;
        return index.Kind == ValueKind.Integer && index.AsInteger is >= 0 and <= int.MaxValue
            ? (int)index.AsInteger
            : throw Wrong("index", "a whole number from 0 to 2147483647", index);
    }

    private long ReadTimeNs(EventsBuilder events, HistoryHeader header)
    {
        Value time = fields[EventField.Time];
        if (time.IsNil) return -1;
        if (time.Kind != ValueKind.Integer || time.AsInteger < 0) throw Wrong("time", "a whole number of nanoseconds from 0", time);
        if (time.AsInteger < events.LatestTimeNs && !header.TimesAreUnordered)
            throw source.Error(offset, $"the time {time.AsInteger} is before {events.LatestTimeNs}, that of an earlier line; if this is meant, the header says \"times\":\"unordered\"");
        return time.AsInteger;
    }

    private Value ReadValue(EventsBuilder events, HistoryHeader header)
    {
        Value value = fields[EventField.Value];
        if (!header.ValuesAreEdn || value.IsNil) return value;
        if (value.Kind != ValueKind.String) throw Wrong("value", "EDN in a string, as the header says", value);
        try
        {
            return EdnReader.ReadSingle(new SourceText("value", value.AsText), 0, value.AsText.Length, events.Interning);
        }
        catch (HistoryFormatException e)
        {
            throw source.Error(offset, $"\"value\" is not EDN: {e.Message}");
        }
    }

    private string? OptionalString(EventField field, string name)
    {
        Value value = fields[field];
        if (value.IsNil) return null;
        return value.Kind == ValueKind.String ? value.AsText : throw Wrong(name, "a string", value);
    }

    private HistoryFormatException Wrong(string name, string expected, Value found) => source.Error(
        offset,
        found.IsNil
            ? $"the line has no \"{name}\"; it is {expected}"
            : $"\"{name}\" is {expected}, not {OneLine.Shorten(found.ToString())}");
}
