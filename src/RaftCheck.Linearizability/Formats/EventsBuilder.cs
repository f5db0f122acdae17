using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>Collects a file's events with the places where they stand. For one thread.</summary>
/// <param name="source">The text, or the first of several.</param>
/// <param name="ct">Gives it up.</param>
internal sealed class EventsBuilder(SourceText source, CancellationToken ct)
{
    private const int EventsBetweenLooks = 1024;

    private SourceText _source = source;

    private readonly List<HistoryEvent> _events = [];
    private readonly List<(int Line, int Column)> _places = [];
    private bool _indicesRise = true;

    /// <summary>What the file's events share.</summary>
    public Interning Interning { get; } = new();

    /// <summary>How many events there are so far.</summary>
    public int Count => _events.Count;

    /// <summary>The index of the last event; -1 before the first.</summary>
    public int LastIndex => _events.Count == 0 ? -1 : _events[^1].Index;

    /// <summary>The latest time of an event so far, in nanoseconds; -1 when there is none.</summary>
    public long LatestTimeNs { get; private set; } = -1;

    /// <summary>Adds an event.</summary>
    /// <param name="offset">Where in the text it stands.</param>
    /// <param name="e">The event; -1 for an index means that the file gives none.</param>
    public void Add(int offset, HistoryEvent e)
    {
        if (_events.Count % EventsBetweenLooks == 0) ct.ThrowIfCancellationRequested();
        if (e.Index <= LastIndex || e.Index < 0) _indicesRise = false;
        LatestTimeNs = Math.Max(LatestTimeNs, e.TimeNs);
        _events.Add(e);
        _places.Add(_source.LineAndColumn(offset));
    }

    /// <summary>What comes now stands in another text of the same file.</summary>
    public void GoOnIn(SourceText next) => _source = next;

    /// <summary>
    /// Numbers the events by their place in the file, unless the file numbers every one, and in order. For formats
    /// where the index is a courtesy: filtered and joined histories keep stale ones.
    /// </summary>
    public void NumberUnlessNumbered()
    {
        if (_indicesRise) return;
        for (int i = 0; i < _events.Count; i++) _events[i] = _events[i] with { Index = i };
    }

    /// <summary>The history of these events.</summary>
    public History Build(NilRead nilReads) =>
        History.Build([.. _events], nilReads, (position, _, problem) => _source.Error(_places[position], problem), ct);

    /// <summary>The name of a type of event, if it is one.</summary>
    public static EventType? TypeOf(ReadOnlySpan<char> name) => name switch
    {
        "invoke" => EventType.Invoke,
        "ok" => EventType.Ok,
        "fail" => EventType.Fail,
        "info" => EventType.Info,
        _ => null,
    };

    /// <summary>The name of a type of event.</summary>
    public static string NameOf(EventType type) => type switch
    {
        EventType.Invoke => "invoke",
        EventType.Ok => "ok",
        EventType.Fail => "fail",
        _ => "info",
    };

    /// <summary>The client of that number.</summary>
    /// <param name="offset">Where in the text it stands.</param>
    /// <param name="number">The number, which must not be negative: those are the nemesis's.</param>
    public long ClientOf(int offset, long number) => number >= 0
        ? number
        : throw _source.Error(offset, string.Create(CultureInfo.InvariantCulture, $"the process {number} is negative"));
}
