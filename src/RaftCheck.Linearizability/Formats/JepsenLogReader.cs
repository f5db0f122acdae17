using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>
/// Reads what Jepsen prints to the console: lines <c>INFO  jepsen.util - process :type :f value</c>, with tabs or
/// blanks between the fields, among lines of other kinds, which are skipped.
/// </summary>
internal static class JepsenLogReader
{
    private const string Marker = "jepsen.util";

    /// <summary>Reads the events.</summary>
    public static void Read(SourceText source, EventsBuilder events)
    {
        string text = source.Text;
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOf('\n', start);
            bool torn = end < 0;
            if (torn) end = text.Length;
            bool isEvent = ReadLine(source, start, end, events);
            if (torn && !isEvent) throw source.Error(start, "the last line is torn: it has no end and is not an event");
            start = end + 1;
        }

        if (events.Count == 0)
            throw source.Error(0, "the file is not a history: not JSON lines, not EDN, and no line of it is one that Jepsen prints");
    }

    private static bool ReadLine(SourceText source, int start, int end, EventsBuilder events)
    {
        int marker = source.Text.IndexOf(Marker, start, end - start, StringComparison.Ordinal);
        if (marker < 0) return false;
        var fields = new Fields(source.Text, marker + Marker.Length, end);
        if (fields.Next() is not ("-" or ":")) return false;

        int processAt = fields.SkipBlanks();
        string process = fields.Next();
        long client = HistoryEvent.NemesisProcess;
        bool isClient = process.Length > 0 && char.IsAsciiDigit(process[0]);
        // Jepsen logs other things than events under the same name.
        if (!isClient && process != ":nemesis") return false;
        if (isClient && !long.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out client))
            throw source.Error(processAt, $"'{OneLine.Shorten(process)}' is not a process");

        int typeAt = fields.SkipBlanks();
        string type = fields.Next();
        if (!type.StartsWith(':') || EventsBuilder.TypeOf(type[1..]) is not EventType known)
            throw source.Error(typeAt, $"the type of an event is :invoke, :ok, :fail or :info, not '{OneLine.Shorten(type)}'");
        int fAt = fields.SkipBlanks();
        string f = fields.Next();
        if (isClient && (f.Length < 2 || f[0] != ':')) throw source.Error(fAt, "the event has no operation, such as :read");

        int valueAt = fields.SkipBlanks();
        (Value value, string? error) = ReadValue(source, valueAt, end, known, isClient);
        events.Add(start, new HistoryEvent(events.Count, known, client, f.TrimStart(':'), null, value, -1, error));
        return true;
    }

    /// <summary>
    /// The value, and the error if there is one. Jepsen prints the error of a failed or lost operation behind its value,
    /// and earlier versions in the place of it. Nothing depends on such a value, so it may be anything.
    /// </summary>
    private static (Value Value, string? Error) ReadValue(SourceText source, int start, int end, EventType type, bool isClient)
    {
        string text = source.Text[start..end].TrimEnd();
        if (!isClient || type is EventType.Fail or EventType.Info)
            return (text.Length == 0 ? Value.Nil : Lenient(text), isClient ? ErrorIn(text) : null);
        if (text.Length == 0) throw source.Error(end, "the event has no value");

        Value value = EdnReader.ReadSingle(source, start, end);
        // A symbol is no value that Jepsen's workloads use, but it is what the start of nil or true looks like.
        return value.Kind == ValueKind.Literal && char.IsAsciiLetter(value.AsText[0])
            ? throw source.Error(start, $"'{OneLine.Shorten(text)}' is not a value")
            : (value, null);
    }

    private static Value Lenient(string text)
    {
        try
        {
            return EdnReader.ReadSingle(new SourceText("", text));
        }
        catch (HistoryFormatException)
        {
            return Value.Of(text);
        }
    }

    private static string? ErrorIn(string text)
    {
        int at = text.LastIndexOf(':');
        return at >= 0 && (at == 0 || char.IsWhiteSpace(text[at - 1])) ? text[(at + 1)..] : null;
    }

    /// <summary>A line's fields, one after another.</summary>
    private ref struct Fields(string text, int start, int end)
    {
        private int _at = start;

        public int SkipBlanks()
        {
            while (_at < end && char.IsWhiteSpace(text[_at])) _at++;
            return _at;
        }

        public string Next()
        {
            int from = SkipBlanks();
            while (_at < end && !char.IsWhiteSpace(text[_at])) _at++;
            return text[from.._at];
        }
    }
}
