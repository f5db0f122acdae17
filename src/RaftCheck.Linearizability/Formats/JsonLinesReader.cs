namespace RaftCheck.Linearizability;

/// <summary>Reads our own format: one JSON object a line, the first of which may be a header.</summary>
internal static class JsonLinesReader
{
    /// <summary>Reads the events; returns the model that the header names, if any.</summary>
    public static string? Read(SourceText source, EventsBuilder events)
    {
        string text = source.Text;
        string? model = null;
        bool first = true;
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            if (text.AsSpan(start, end - start).IsWhiteSpace()) continue;

            Value line = new JsonReader(source, start, end).ReadAll();
            if (line.Kind != ValueKind.Map) throw source.Error(start, "a line is a JSON object");
            var fields = new JsonFields(source, start, line);
            if (first && fields.IsHeader) model = fields.ReadHeader();
            else events.Add(start, fields.ReadEvent(events));
            first = false;
        }

        return model;
    }
}
