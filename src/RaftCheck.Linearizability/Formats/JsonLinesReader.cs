namespace RaftCheck.Linearizability;

/// <summary>Reads our own format: one JSON object a line, the first of which may be a header.</summary>
internal static class JsonLinesReader
{
    /// <summary>Reads the events; returns the header, which is empty when there is none.</summary>
    public static HistoryHeader Read(SourceText source, EventsBuilder events)
    {
        string text = source.Text;
        var header = new HistoryHeader();
        var reader = new JsonReader(source, events.Interning);
        var fields = new EventFields();
        bool first = true;
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

        return header;
    }
}
