namespace RaftCheck.Linearizability;

/// <summary>The map of one event in EDN, key by key. Keys that it does not know are left alone.</summary>
internal readonly struct EdnFields(SourceText source, int offset, EventFields fields)
{
    /// <summary>Which field has that name, if any.</summary>
    public static EventField? FieldOf(string name) => name switch
    {
        "type" => EventField.Type,
        "process" => EventField.Process,
        "f" => EventField.F,
        "key" => EventField.Key,
        "value" => EventField.Value,
        "time" => EventField.Time,
        "index" => EventField.Index,
        "error" => EventField.Error,
        "log-term" => EventField.LogTerm,
        "log-index" => EventField.LogIndex,
        _ => null,
    };

    /// <summary>Reads the event.</summary>
    public HistoryEvent ToEvent(EventsBuilder events)
    {
        long process = Process(events);
        EventType type = Type();
        return new HistoryEvent(Index(), type, process, F(process), Key(), fields[EventField.Value], TimeNs(), Error())
        {
            Log = LogPositions.Read(source, offset, type, (":log-term", fields[EventField.LogTerm]), (":log-index", fields[EventField.LogIndex])),
        };
    }

    private static string? Name(Value value) =>
        value.Kind is ValueKind.Keyword or ValueKind.String or ValueKind.Literal ? value.AsText : null;

    private EventType Type()
    {
        Value type = fields[EventField.Type];
        if (type.IsNil) throw source.Error(offset, "the event has no :type");
        return Name(type) is string name && EventsBuilder.TypeOf(name) is EventType known
            ? known
            : throw source.Error(offset, $"the :type of an event is :invoke, :ok, :fail or :info, not {OneLine.Shorten(type.ToString())}");
    }

    private long Process(EventsBuilder events)
    {
        Value process = fields[EventField.Process];
        return process.Kind switch
        {
            ValueKind.Integer => events.ClientOf(offset, process.AsInteger),
            ValueKind.Keyword => HistoryEvent.NemesisProcess,
            ValueKind.Nil => throw source.Error(offset, "the event has no :process"),
            _ => throw source.Error(offset, $"the :process of an event is a number or a keyword, not {OneLine.Shorten(process.ToString())}"),
        };
    }

    private string F(long process)
    {
        Value f = fields[EventField.F];
        if (Name(f) is string name) return name;
        if (process == HistoryEvent.NemesisProcess) return f.IsNil ? "" : f.ToString();
        throw source.Error(offset, f.IsNil ? "the event has no :f" : $"the :f of an event is a keyword, not {OneLine.Shorten(f.ToString())}");
    }

    private string? Key() => TextOf(fields[EventField.Key]);

    private string? Error() => TextOf(fields[EventField.Error]);

    private static string? TextOf(Value value) => value.IsNil ? null : Name(value) ?? value.ToString();

    private int Index()
    {
        Value index = fields[EventField.Index];
        return index.Kind == ValueKind.Integer && index.AsInteger is >= 0 and <= int.MaxValue ? (int)index.AsInteger : -1;
    }

    private long TimeNs()
    {
        Value time = fields[EventField.Time];
        return time.Kind switch
        {
            ValueKind.Nil => -1,
            ValueKind.Integer when time.AsInteger >= -1 => time.AsInteger,
            _ => throw source.Error(offset, $"the :time of an event is a whole number of nanoseconds, not {OneLine.Shorten(time.ToString())}"),
        };
    }
}
