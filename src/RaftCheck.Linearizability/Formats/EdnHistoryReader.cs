namespace RaftCheck.Linearizability;

/// <summary>Reads histories in EDN: a vector or a list of maps, or maps one after another, behind a header if there is one.</summary>
internal static class EdnHistoryReader
{
    /// <summary>Reads the events; returns the header, if there is one.</summary>
    public static HistoryHeader? Read(SourceText source, EventsBuilder events)
    {
        var reader = new EdnReader(source, 0, source.Text.Length, events.Interning);
        HistoryHeader? header = null;
        // For other readers the header is a value that is discarded.
        if (reader.TakeDiscard() is int at) header = HeaderFields.ReadEdn(source, at, reader.ReadValue("a discarded value"));
        if (!reader.SkipToValue())
        {
            if (header is not null) return header;
            throw source.Error(source.Text.Length, "the file holds no events");
        }

        int start = reader.Position;
        var read = new EdnEventReader(source, reader, events);
        char close = reader.Take('[') ? ']' : reader.Take('(') ? ')' : '\0';
        if (close != '\0') ReadSequence(source, reader, read, close, start);
        else while (reader.SkipToValue()) read.ReadEvent();
        events.NumberUnlessNumbered();
        return header;
    }

    private static void ReadSequence(SourceText source, EdnReader reader, EdnEventReader read, char close, int start)
    {
        while (true)
        {
            if (!reader.SkipToValue())
            {
                string what = close == ']' ? "vector" : "list";
                throw reader.Ends($"the {what} of events (opened at {source.Place(start)})");
            }

            if (reader.Take(close)) break;
            read.ReadEvent();
        }

        if (reader.SkipToValue()) throw source.Error(reader.Position, "something follows the events");
    }
}
