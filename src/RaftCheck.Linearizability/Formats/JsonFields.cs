namespace RaftCheck.Linearizability;

/// <summary>The object of one line of our own format, field by field. Fields that it does not know are left alone.</summary>
internal readonly struct JsonFields(SourceText source, int offset, Value line)
{
    /// <summary>The name of our format, in the header.</summary>
    public const string FormatName = "raftcheck-history";

    /// <summary>The newest version that can be read, and the one that is written.</summary>
    public const int Version = 1;

    /// <summary>What stands for the process on a line of the nemesis.</summary>
    public const string Nemesis = "nemesis";

    /// <summary>Whether the line is a header and not an event.</summary>
    public bool IsHeader => !Find("format").IsNil;

    /// <summary>Reads the line as a header; returns the model that it names, if any.</summary>
    public string? ReadHeader()
    {
        Value format = Find("format");
        if (!format.Equals(Value.Of(FormatName))) throw Wrong("format", $"\"{FormatName}\"", format);
        Value version = Find("version");
        if (version.Kind != ValueKind.Integer || version.AsInteger < 1) throw Wrong("version", "a whole number from 1", version);
        if (version.AsInteger > Version)
            throw source.Error(offset, $"the history has version {version} of its format, and this program reads up to version {Version}: use a newer one");
        return OptionalString("model");
    }

    /// <summary>Reads the line as an event.</summary>
    public HistoryEvent ReadEvent(EventsBuilder events)
    {
        EventType type = ReadType();
        long process = ReadProcess(events);
        Value f = Find("f");
        if (f.Kind != ValueKind.String) throw Wrong("f", "a string", f);
        return new HistoryEvent(
            ReadIndex(events), type, process, f.AsText, OptionalString("key"), Find("value"), ReadTimeNs(), OptionalString("error"))
        {
            Log = LogPositions.Read(source, offset, type, ("\"logTerm\"", Find("logTerm")), ("\"logIndex\"", Find("logIndex"))),
        };
    }

    private Value Find(string name) => line.Find(Value.Of(name)) ?? Value.Nil;

    private EventType ReadType()
    {
        Value type = Find("type");
        return type.Kind == ValueKind.String && EventsBuilder.TypeOf(type.AsText) is EventType known
            ? known
            : throw Wrong("type", "\"invoke\", \"ok\", \"fail\" or \"info\"", type);
    }

    private long ReadProcess(EventsBuilder events)
    {
        Value process = Find("process");
        if (process.Kind == ValueKind.Integer) return events.ClientOf(offset, process.AsInteger);
        return process.Equals(Value.Of(Nemesis)) ? HistoryEvent.NemesisProcess : throw Wrong("process", "a whole number or \"nemesis\"", process);
    }

    private int ReadIndex(EventsBuilder events)
    {
        Value index = Find("index");
        if (index.IsNil && events.LastIndex < int.MaxValue) return events.LastIndex + 1;
        return index.Kind == ValueKind.Integer && index.AsInteger is >= 0 and <= int.MaxValue
            ? (int)index.AsInteger
            : throw Wrong("index", "a whole number from 0 to 2147483647", index);
    }

    private long ReadTimeNs()
    {
        Value time = Find("time");
        if (time.IsNil) return -1;
        return time.Kind == ValueKind.Integer && time.AsInteger >= 0
            ? time.AsInteger
            : throw Wrong("time", "a whole number of nanoseconds from 0", time);
    }

    private string? OptionalString(string name)
    {
        Value value = Find(name);
        if (value.IsNil) return null;
        return value.Kind == ValueKind.String ? value.AsText : throw Wrong(name, "a string", value);
    }

    private HistoryFormatException Wrong(string name, string expected, Value found) => source.Error(
        offset,
        found.IsNil
            ? $"the line has no \"{name}\"; it is {expected}"
            : $"\"{name}\" is {expected}, not {OneLine.Shorten(found.ToString())}");
}
