namespace RaftCheck.Linearizability;

/// <summary>Makes an explanation, from the core to the sentence. For one thread.</summary>
internal sealed class Explainer
{
    // Of more ways in which the system may have been than this, not all are followed.
    private const int PartialWidth = 1 << 12;
    private const int Share = 8;

    private readonly History _history;
    private readonly Model _model;
    private readonly CheckResult _result;
    private readonly ExplainOptions _options;
    private readonly ExplainBudget _budget;
    private readonly List<Part> _parts;
    private readonly Part _part;
    private readonly Part _prefix;
    private readonly Operation? _breaking;
    private readonly Part? _before;

    /// <summary>Makes ready to explain a violation.</summary>
    /// <exception cref="ArgumentException">The result is not of this history.</exception>
    public Explainer(History history, Model model, CheckResult result, ExplainOptions options, CancellationToken ct)
    {
        _history = history;
        _model = model;
        _result = result;
        _options = options;
        _budget = new ExplainBudget(options.MaxStates, options.Timeout, ct);
        _parts = Part.Split(history, model, options.CasFail);
        _part = _parts.Find(part => string.Equals(part.Name, result.Partition, StringComparison.Ordinal))
            ?? throw new ArgumentException("the result is not of this history", nameof(result));
        (_prefix, _breaking, _before) = new BreakingPoint(_part, model, history.NilReads, _budget).Find(result.FirstNonLinearizable);
    }

    /// <summary>Makes the explanation.</summary>
    public Explanation Explain()
    {
        var finder = new CoreFinder(_prefix, _model, _history.NilReads, _budget);
        List<JudgedOperation> core = [.. finder.Find(PositionsOf(_result.Culprits)).Select(position => _prefix.Operations[position])];
        var literalFinder = new LiteralCoreFinder(_part.Name, _model, _history.NilReads, _budget);
        List<JudgedOperation> literal = literalFinder.Find(core);
        IReadOnlyList<PartialLinearization> partial = Partial(out bool areAll);
        var situation = new Situation(_history, _model, _part, core, _breaking, partial, new(() => StatesAfter(partial, areAll), isThreadSafe: false));
        return new Explanation
        {
            Core = OperationsOf(core),
            Context = OperationsOf(ContextFinder.Find(situation)),
            LiteralCore = OperationsOf(literal),
            IsMinimal = finder.IsMinimal && literalFinder.IsMinimal,
            Breaking = _breaking,
            Sentence = Sentences.For(situation),
            Ladder = new LadderJudge(_parts, _part, _model, _history.NilReads, _budget).Judge(),
            PartialLinearizations = partial,
            StatesExplored = _budget.StatesExplored,
        };
    }

    private static Operation[] OperationsOf(List<JudgedOperation> judged) => [.. judged.Select(static each => each.Operation)];

    private List<int> PositionsOf(IReadOnlyList<Operation> operations)
    {
        if (operations.Count == 0) return [];
        var ids = operations.Select(static operation => operation.Id).ToHashSet();
        return [.. Enumerable.Range(0, _prefix.Operations.Count).Where(i => ids.Contains(_prefix.Operations[i].Operation.Id))];
    }

    private IReadOnlyList<PartialLinearization> Partial(out bool areAll)
    {
        areAll = false;
        if (_options.MaxPartialLinearizations == 0 || _before is null || _budget.IsSpent) return [];
        var judge = new FrontierJudge(_before, _model, _history.NilReads);
        if (_budget.Spend(2, budget => judge.Run(PartialWidth, long.MaxValue, budget)) != SearchEnd.Found) return [];
        areAll = judge.HasAll && judge.Configurations <= _options.MaxPartialLinearizations;
        return [.. judge.Orders(_options.MaxPartialLinearizations)
            .Select(each => new PartialLinearization(_before.OperationsAt(each.Order), each.State))];
    }

    private PossibleStates? StatesAfter(IReadOnlyList<PartialLinearization> orders, bool areAll)
    {
        if (orders.Count == 0 || _breaking is null) return null;
        return _budget.Spend(Share, budget => PossibleStates.After(orders, areAll, _prefix, _breaking, _model, _history.NilReads, budget));
    }
}
