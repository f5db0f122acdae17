namespace RaftCheck.Linearizability;

/// <summary>
/// What the clients of a system saw: their calls and returns, in the order in which they happened. Immutable, so safe
/// to share between threads.
/// </summary>
public sealed class History
{
    private const int EventsBetweenLooks = 1024;
    private readonly Operation[] _operations;

    private History(HistoryEvent[] events, HistoryEvent[] nemesis, Operation[] operations, NilRead nilReads)
    {
        Events = events;
        Nemesis = nemesis;
        _operations = operations;
        NilReads = nilReads;
    }

    /// <summary>Every line, the nemesis's included, in order.</summary>
    public IReadOnlyList<HistoryEvent> Events { get; }

    /// <summary>The lines of the nemesis, in order: for display, the checker does not look at them.</summary>
    public IReadOnlyList<HistoryEvent> Nemesis { get; }

    /// <summary>The operations, in the order of their calls.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>What a read that returned nil says in this history.</summary>
    public NilRead NilReads { get; }

    /// <summary>The same, without the cost of an interface call for each element.</summary>
    internal ReadOnlySpan<Operation> OperationSpan => _operations;

    /// <summary>Pairs calls with their returns.</summary>
    /// <param name="events">The lines, in order; their indices must rise.</param>
    /// <param name="nilReads">What a read that returned nil says.</param>
    /// <exception cref="HistoryFormatException">
    /// A process returns without a call, or calls while it has an operation pending, or returns from another operation
    /// than it called; or the indices do not rise.
    /// </exception>
    public static History FromEvents(IEnumerable<HistoryEvent> events, NilRead nilReads = NilRead.Observed)
    {
        ArgumentNullException.ThrowIfNull(events);
        return Build([.. events], nilReads, static (_, e, problem) => new HistoryFormatException($"event {e.Index}: {problem}"));
    }

    /// <summary>The same, for a reader that knows where in its file each line stands.</summary>
    internal static History Build(
        HistoryEvent[] events, NilRead nilReads, Func<int, HistoryEvent, string, HistoryFormatException> error, CancellationToken ct = default)
    {
        var pairing = new Pairing();
        for (int i = 0; i < events.Length; i++)
        {
            if (i % EventsBetweenLooks == 0) ct.ThrowIfCancellationRequested();
            if (pairing.Add(events[i]) is string problem) throw error(i, events[i], problem);
        }

        HistoryEvent[] nemesis = Array.FindAll(events, static e => e.IsNemesis);
        return new History(events, nemesis, pairing.Operations(), nilReads);
    }
}
