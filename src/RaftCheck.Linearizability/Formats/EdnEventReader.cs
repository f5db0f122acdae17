namespace RaftCheck.Linearizability;

/// <summary>Reads the events of a history in EDN, each a map, perhaps with a tag. For one thread.</summary>
internal sealed class EdnEventReader(SourceText source, EdnReader reader, EventsBuilder events)
{
    private readonly EventFields _fields = new();

    /// <summary>Reads the next event.</summary>
    public void ReadEvent()
    {
        int offset = reader.Position;
        _fields.Clear();
        // Without a detour over a map's one form, which sorts its keys.
        if (reader.Take('{')) ReadEntries(offset);
        else ReadMap(offset, reader.ReadValue("an event"));
        events.Add(offset, new EdnFields(source, offset, _fields).ToEvent(events));
    }

    private void ReadEntries(int offset)
    {
        while (true)
        {
            if (!reader.SkipToValue()) throw Ends(offset);
            if (reader.Take('}')) return;
            Value key = reader.ReadValue("a map");
            if (!reader.SkipToValue()) throw Ends(offset);
            if (reader.Take('}')) throw source.Error(offset, $"the key {OneLine.Shorten(key.ToString())} of the map has no value");
            Set(offset, key, reader.ReadValue("a map"));
        }
    }

    private void ReadMap(int offset, Value map)
    {
        if (map.Kind != ValueKind.Map)
            throw source.Error(offset, $"an event is a map, not {OneLine.Shorten(map.ToString())}");
        for (int i = 0; i < map.Items.Length; i += 2) Set(offset, map.Items[i], map.Items[i + 1]);
    }

    private void Set(int offset, Value key, Value value)
    {
        bool isNew = key.Kind == ValueKind.Keyword && EdnFields.FieldOf(key.AsText) is EventField field
            ? _fields.Set(field, value)
            : _fields.SetOther(key, value);
        if (!isNew) throw source.Error(offset, "the map has a key twice");
    }

    private HistoryFormatException Ends(int offset) => reader.Ends($"a map (opened at {source.Place(offset)})");
}
