namespace RaftCheck.Linearizability;

/// <summary>
/// Judges a history while it grows, and knows at each return whether there is still an order that explains everything
/// so far. What an operation returns is not known before it does, so its return goes back to its call and over what has
/// happened since; for a bounded number of pending operations the whole costs no more than in proportion to the
/// history's length. For one thread.
/// </summary>
public sealed class StreamingChecker
{
    private readonly Model _model;
    private readonly NilRead _nilReads;
    private readonly CheckOptions _options;
    private readonly Budget _budget;
    private readonly Pairing _pairing = new();
    private readonly List<(StreamingPart Part, int Number)> _places = [];
    private readonly Dictionary<string, StreamingPart> _parts = new(StringComparer.Ordinal);
    private StreamingPart? _nameless;

    /// <summary>A checker of a history that has not begun.</summary>
    /// <param name="model">What the system should do.</param>
    /// <param name="nilReads">What a read of nil says.</param>
    /// <param name="options">
    /// Limits over the whole history; <see cref="CheckOptions.Default"/> when <see langword="null"/>. The memory limit
    /// is for each part of the model's state.
    /// </param>
    /// <param name="ct">Gives the check up.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    public StreamingChecker(Model model, NilRead nilReads = NilRead.Observed, CheckOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _nilReads = nilReads;
        _options = options ?? CheckOptions.Default;
        _options.Validate();
        _budget = new Budget(
            _options.MaxStates ?? long.MaxValue, _options.MemoryLimitBytes ?? long.MaxValue, Deadline.Of(_options, ct));
    }

    /// <summary>
    /// What is known so far. <see cref="Verdict.NotLinearizable"/> is final, and the last line added was the first that
    /// brought it about; <see cref="Verdict.Undecided"/> is final too.
    /// </summary>
    public Verdict Verdict { get; private set; } = Verdict.Linearizable;

    /// <summary>How many configurations were explored so far.</summary>
    public long StatesExplored => _budget.StatesExplored;

    /// <summary>Takes the next line of the history; returns <see cref="Verdict"/>.</summary>
    /// <exception cref="HistoryFormatException">The line does not fit those before it, or is not one of the model's operations.</exception>
    /// <exception cref="OperationCanceledException">The caller wants no answer any more.</exception>
    public Verdict Add(HistoryEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (_pairing.Add(e) is string problem) throw new HistoryFormatException($"event {e.Index}: {problem}");
        if (e.IsNemesis || Verdict != Verdict.Linearizable) return Verdict;

        Operation operation = _pairing.Latest;
        if (_model.Complaint(operation) is string complaint) throw new HistoryFormatException($"event {e.Index}: {complaint}");
        CallOutcome? outcome = JudgedOperation.Judge(_model, operation, _options.CasFail);
        if (e.Type == EventType.Invoke)
        {
            StreamingPart part = PartOf(operation);
            Verdict = part.Call(operation, outcome, _budget, out int number);
            _places.Add((part, number));
            return Verdict;
        }

        (StreamingPart place, int called) = _places[operation.Id];
        return Verdict = place.Return(called, operation, outcome, _budget);
    }

    private StreamingPart PartOf(Operation operation)
    {
        string? name = _model.PartOf(operation);
        if (name is null) return _nameless ??= new StreamingPart(_model, _nilReads);
        if (_parts.TryGetValue(name, out StreamingPart? part)) return part;
        part = new StreamingPart(_model, _nilReads);
        _parts.Add(name, part);
        return part;
    }
}
