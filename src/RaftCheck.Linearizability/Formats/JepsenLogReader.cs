using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>
/// Reads what Jepsen prints to the console: lines <c>INFO  jepsen.util - process :type :f value</c>, with tabs or
/// blanks between the fields and whatever in front, among lines of other kinds, which are skipped. The lines of its
/// <c>history.txt</c> have nothing in front.
/// </summary>
internal static class JepsenLogReader
{
    /// <summary>The name under which Jepsen logs its operations.</summary>
    public const string Marker = "jepsen.util";

    /// <summary>What stands for the process on a line of the nemesis.</summary>
    public const string Nemesis = ":nemesis";

    /// <summary>What stands before the header, which is a line that other readers skip.</summary>
    public const string HeaderMark = "INFO  raftcheck - ";

    /// <summary>Reads the events; returns the header, if there is one.</summary>
    public static HistoryHeader? Read(SourceText source, EventsBuilder events)
    {
        string text = source.Text;
        HistoryHeader? header = null;
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            end = text.IndexOf('\n', start);
            bool hasEnd = end >= 0;
            if (!hasEnd) end = text.Length;
            if (header is null && events.Count == 0) header = ReadHeader(source, start, end);
            bool isEvent = ReadLine(source, start, end, events);
            if (!isEvent && !hasEnd && IsTorn(text.AsSpan(start)))
                throw source.Error(start, "the last line is torn: it has no end and is not an event");
        }

        if (events.Count == 0 && header is null)
            throw source.Error(0, "the file is not a history: not JSON lines, not EDN, and no line of it is one that Jepsen prints");
        return header;
    }

    private static HistoryHeader? ReadHeader(SourceText source, int start, int end)
    {
        if (!source.Text.AsSpan(start, end - start).StartsWith(HeaderMark)) return null;
        int at = start + HeaderMark.Length;
        return HeaderFields.ReadEdn(source, at, EdnReader.ReadSingle(source, at, end, new Interning()));
    }

    private static bool ReadLine(SourceText source, int start, int end, EventsBuilder events)
    {
        if (Find(source.Text, start, end) is not LogFields fields) return false;
        int processAt = fields.SkipBlanks();
        ReadOnlySpan<char> process = fields.Next();
        long client = HistoryEvent.NemesisProcess;
        bool isClient = process.Length > 0 && char.IsAsciiDigit(process[0]);
        // Jepsen logs other things than events under the same name.
        if (!isClient && !process.SequenceEqual(Nemesis)) return false;
        if (isClient && !long.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out client))
            return fields.IsSure ? throw source.Error(processAt, $"'{OneLine.Shorten(process.ToString())}' is not a process") : false;

        int typeAt = fields.SkipBlanks();
        ReadOnlySpan<char> type = fields.Next();
        if (!type.StartsWith(':') || EventsBuilder.TypeOf(type[1..]) is not EventType known)
            return fields.IsSure ? throw source.Error(typeAt, $"the type of an event is :invoke, :ok, :fail or :info, not '{OneLine.Shorten(type.ToString())}'") : false;
        int fAt = fields.SkipBlanks();
        ReadOnlySpan<char> f = fields.Next();
        if (isClient && (f.Length < 2 || f[0] != ':')) throw source.Error(fAt, "the event has no operation, such as :read");

        (Value value, string? error) = ReadValue(source, fields.SkipBlanks(), end, events.Interning, known, isClient);
        events.Add(start, new HistoryEvent(events.Count, known, client, events.Interning.Text(f.TrimStart(':')), null, value, -1, error));
        return true;
    }

    /// <summary>Where the fields of a line start; <see langword="null"/> when it cannot be an event.</summary>
    private static LogFields? Find(string text, int start, int end)
    {
        int marker = text.IndexOf(Marker, start, end - start, StringComparison.Ordinal);
        if (marker < 0) return new LogFields(text, start, end, isSure: false);
        int behind = marker + Marker.Length;
        if (behind >= end || (text[behind] != ':' && !char.IsWhiteSpace(text[behind]))) return null;
        var fields = new LogFields(text, behind, end, isSure: true);
        // Some versions of Jepsen print no separator here.
        return fields.Next() is "-" or ":" ? fields : new LogFields(text, behind, end, isSure: false);
    }

    /// <summary>Whether a last line without an end stops inside of what could have become an event.</summary>
    private static bool IsTorn(ReadOnlySpan<char> line)
    {
        int marker = line.IndexOf(Marker);
        if (marker >= 0) return line[(marker + Marker.Length)..].Trim().TrimStart(":-").IndexOfAny(" \t") < 0;
        for (int length = Marker.Length - 1; length > 0; length--)
        {
            if (line.EndsWith(Marker.AsSpan(0, length)) && (line.Length == length || char.IsWhiteSpace(line[^(length + 1)]))) return true;
        }

        return false;
    }

    /// <summary>
    /// The value, and the error if there is one. Jepsen prints the error of a failed or lost operation behind its value,
    /// and earlier versions in the place of it. Nothing depends on such a value, so it may be anything.
    /// </summary>
    private static (Value Value, string? Error) ReadValue(SourceText source, int start, int end, Interning interning, EventType type, bool isClient)
    {
        ReadOnlySpan<char> text = source.Text.AsSpan(start, end - start).TrimEnd();
        if (!isClient || type is EventType.Fail or EventType.Info) return LogErrors.Read(text.ToString(), interning, isClient);
        if (text.Length == 0) throw source.Error(end, "the event has no value");

        Value value = EdnReader.ReadSingle(source, start, end, interning);
        // A symbol is no value that Jepsen's workloads use, but it is what the start of nil or true looks like.
        return value.Kind == ValueKind.Literal && char.IsAsciiLetter(value.AsText[0])
            ? throw source.Error(start, $"'{OneLine.Shorten(text.ToString())}' is not a value")
            : (value, null);
    }
}
