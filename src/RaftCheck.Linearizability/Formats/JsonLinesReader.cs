namespace RaftCheck.Linearizability;

/// <summary>Reads our own format: one JSON object a line, the first of which may be a header.</summary>
internal static class JsonLinesReader
{
    /// <summary>Reads the events; returns the header, which is empty when there is none.</summary>
    /// <param name="source">The first lines.</param>
    /// <param name="rest">The bytes of all others.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="events">Where the events go.</param>
    public static HistoryHeader Read(SourceText source, ReadOnlySpan<byte> rest, string name, EventsBuilder events)
    {
        var header = new HistoryHeader();
        bool first = true;
        Read(source, events, ref header, ref first);
        while (rest.Length > 0)
        {
            source = SourceText.DecodeLines(name, ref rest, source);
            events.GoOnIn(source);
            Read(source, events, ref header, ref first);
        }

        return header;
    }

    private static void Read(SourceText source, EventsBuilder events, ref HistoryHeader header, ref bool first)
    {
        string text = source.Text;
        var reader = new JsonReader(source, events.Interning);
        var fields = new EventFields();
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            if (text.AsSpan(start, end - start).IsWhiteSpace()) continue;

            fields.Clear();
            reader.ReadLine(start, end, fields);
            var line = new JsonFields(source, start, fields);
            if (first && line.IsHeader) header = line.ReadHeader();
            else events.Add(start, line.ReadEvent(events, header));
            first = false;
        }
    }
}
