namespace RaftCheck.Linearizability;

/// <summary>
/// Takes in what became of the parts, one after another in their order, and makes the result of it. For one thread.
/// </summary>
/// <param name="model">What the history is judged by.</param>
/// <param name="options">The limits.</param>
/// <param name="parts">How many parts there are.</param>
/// <param name="logOrder">What is known of the log before the parts are judged.</param>
internal sealed class Tally(Model model, CheckOptions options, int parts, LogOrder? logOrder)
{
    private readonly Linearization[] _orders = new Linearization[parts];
    private readonly List<string> _methods = [];
    private CheckResult? _undecided;
    private int _taken;
    private LogOrder? _logOrder = logOrder;

    /// <summary>How many configurations were explored so far.</summary>
    public long StatesExplored { get; private set; }

    /// <summary>How many configurations the next part may explore.</summary>
    public long StatesLeft => (options.MaxStates ?? long.MaxValue) - StatesExplored;

    /// <summary>Takes in the next part; returns the result if this settles it.</summary>
    public CheckResult? Add(Judgement judgement)
    {
        // One that was judged beside others may have spent what it would not have had after them.
        if (judgement.StatesExplored > StatesLeft)
            judgement = new Judgement(judgement.Part, SearchEnd.OutOfStates) { StatesExplored = StatesLeft };
        StatesExplored += judgement.StatesExplored;
        if (!_methods.Contains(judgement.Method)) _methods.Add(judgement.Method);
        // One contradiction is enough, and certain; that something could not be told is worth saying if nothing else is.
        if (judgement.LogOrder is LogOrder found && _logOrder?.Verdict != LogOrderVerdict.Contradicts
            && (found.Verdict == LogOrderVerdict.Contradicts || _logOrder?.Verdict != LogOrderVerdict.Undecided)) _logOrder = found;
        switch (judgement.End)
        {
            case SearchEnd.Found:
                _orders[_taken++] = new Linearization(judgement.Part.Name, judgement.Order);
                return null;
            case SearchEnd.Exhausted:
                return Results.NotLinearizable(model, judgement) with { StatesExplored = StatesExplored, Methods = _methods };
            case SearchEnd.OutOfMemory:
                // The next part starts with its memory empty, and may yet settle the matter.
                _taken++;
                _undecided ??= Results.Undecided(judgement, options, _taken, parts);
                return null;
            default:
                return Results.Undecided(judgement, options, _taken + 1, parts) with { StatesExplored = StatesExplored, Methods = _methods };
        }
    }

    /// <summary>The result when no part has settled it alone.</summary>
    public CheckResult Finish() =>
        (_undecided ?? Results.Linearizable(model, _orders) with { LogOrder = _logOrder }) with { StatesExplored = StatesExplored, Methods = _methods };
}
