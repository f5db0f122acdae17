namespace RaftCheck.Linearizability;

/// <summary>The fields of an event that its reader knows.</summary>
internal enum EventField
{
    Type,
    Process,
    F,
    Key,
    Value,
    Time,
    Index,
    Error,
    LogTerm,
    LogIndex,
}

/// <summary>The fields of one event, whatever notation they stand in. Used again for the next one. For one thread.</summary>
internal sealed class EventFields
{
    private readonly Value?[] _known = new Value?[(int)EventField.LogIndex + 1];
    private Dictionary<Value, Value> _others = [];

    /// <summary>A field that the reader knows; nil when the event has none.</summary>
    public Value this[EventField field] => _known[(int)field] ?? Value.Nil;

    /// <summary>Any other field; nil when the event has none.</summary>
    public Value Other(Value name) => _others.GetValueOrDefault(name, Value.Nil);

    /// <summary>Sets a field; returns false if it is there already.</summary>
    public bool Set(EventField field, Value value)
    {
        if (_known[(int)field] is not null) return false;
        _known[(int)field] = value;
        return true;
    }

    /// <summary>Sets any other field; returns false if it is there already.</summary>
    public bool SetOther(Value name, Value value) => _others.TryAdd(name, value);

    /// <summary>Forgets all fields.</summary>
    public void Clear()
    {
        Array.Clear(_known);
        // To clear a table costs as much as the most it ever held.
        if (_others.Count > 64) _others = [];
        else if (_others.Count > 0) _others.Clear();
    }
}
