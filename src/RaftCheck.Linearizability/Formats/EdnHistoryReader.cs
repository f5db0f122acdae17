namespace RaftCheck.Linearizability;

/// <summary>Reads histories in EDN: a vector or a list of maps, or maps one after another.</summary>
internal static class EdnHistoryReader
{
    /// <summary>Reads the events.</summary>
    public static void Read(SourceText source, EventsBuilder events)
    {
        var reader = new EdnReader(source, 0, source.Text.Length);
        if (!reader.SkipToValue()) throw source.Error(source.Text.Length, "the file holds no events");
        int start = reader.Position;
        char close = reader.Take('[') ? ']' : reader.Take('(') ? ')' : '\0';
        if (close == '\0') ReadMaps(source, reader, events);
        else ReadSequence(source, reader, events, close, start);
        events.NumberUnlessNumbered();
    }

    private static void ReadSequence(SourceText source, EdnReader reader, EventsBuilder events, char close, int start)
    {
        while (true)
        {
            if (!reader.SkipToValue())
            {
                string what = close == ']' ? "vector" : "list";
                throw reader.Ends($"the {what} of events (opened at {source.Place(start)})");
            }

            if (reader.Take(close)) break;
            ReadEvent(source, reader, events);
        }

        if (reader.SkipToValue()) throw source.Error(reader.Position, "something follows the events");
    }

    private static void ReadMaps(SourceText source, EdnReader reader, EventsBuilder events)
    {
        while (reader.SkipToValue()) ReadEvent(source, reader, events);
    }

    private static void ReadEvent(SourceText source, EdnReader reader, EventsBuilder events)
    {
        int offset = reader.Position;
        Value map = reader.ReadValue("an event");
        if (map.Kind != ValueKind.Map)
            throw source.Error(offset, $"an event is a map, not {OneLine.Shorten(map.ToString())}");
        var fields = new EdnFields(source, offset, map);
        events.Add(offset, fields.ToEvent(events));
    }

    /// <summary>The map of one event, key by key.</summary>
    private readonly struct EdnFields(SourceText source, int offset, Value map)
    {
        public HistoryEvent ToEvent(EventsBuilder events)
        {
            long process = Process(events);
            EventType type = Type();
            return new HistoryEvent(Index(), type, process, F(process), Key(), Find("value"), TimeNs(), Error())
            {
                Log = LogPositions.Read(source, offset, type, (":log-term", Find("log-term")), (":log-index", Find("log-index"))),
            };
        }

        private Value Find(string name) => map.Find(Value.Keyword(name)) ?? Value.Nil;

        private EventType Type()
        {
            Value type = Find("type");
            if (type.IsNil) throw source.Error(offset, "the event has no :type");
            return Name(type) is string name && EventsBuilder.TypeOf(name) is EventType known
                ? known
                : throw source.Error(offset, $"the :type of an event is :invoke, :ok, :fail or :info, not {OneLine.Shorten(type.ToString())}");
        }

        private long Process(EventsBuilder events)
        {
            Value process = Find("process");
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
            Value f = Find("f");
            if (Name(f) is string name) return name;
            if (process == HistoryEvent.NemesisProcess) return f.IsNil ? "" : f.ToString();
            throw source.Error(offset, f.IsNil ? "the event has no :f" : $"the :f of an event is a keyword, not {OneLine.Shorten(f.ToString())}");
        }

        private string? Key()
        {
            Value key = Find("key");
            return key.IsNil ? null : Name(key) ?? key.ToString();
        }

        private string? Error()
        {
            Value error = Find("error");
            return error.IsNil ? null : Name(error) ?? error.ToString();
        }

        private int Index()
        {
            Value index = Find("index");
            return index.Kind == ValueKind.Integer && index.AsInteger is >= 0 and <= int.MaxValue ? (int)index.AsInteger : -1;
        }

        private long TimeNs()
        {
            Value time = Find("time");
            return time.Kind switch
            {
                ValueKind.Nil => -1,
                ValueKind.Integer when time.AsInteger >= -1 => time.AsInteger,
                _ => throw source.Error(offset, $"the :time of an event is a whole number of nanoseconds, not {OneLine.Shorten(time.ToString())}"),
            };
        }

        private static string? Name(Value value) =>
            value.Kind is ValueKind.Keyword or ValueKind.String or ValueKind.Literal ? value.AsText : null;
    }
}
