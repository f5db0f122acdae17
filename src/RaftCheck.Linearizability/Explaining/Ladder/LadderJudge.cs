using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>Finds out which levels of consistency a history that is not linearizable still keeps to. For one thread.</summary>
internal sealed class LadderJudge(List<Part> parts, Part wrong, Model model, NilRead nilReads, ExplainBudget budget)
{
    private const int StalenessMax = 8;
    private const int Share = 12;

    // Beyond this, the quadratic checks of sessions, and a clock for every operation and process, take too long.
    private const int AccessesMax = 5_000;
    private const long ClocksMax = 5_000_000;

    private CausalHistory? _causal;

    /// <summary>The levels, the strongest first.</summary>
    public IReadOnlyList<LevelResult> Judge()
    {
        int operations = parts.Sum(static part => part.Operations.Count);
        long processes = parts.SelectMany(static part => part.Operations).Select(static judged => judged.Operation.Process).Distinct().LongCount();
        bool isTooLong = operations > AccessesMax || operations * processes > ClocksMax || budget.IsSpent;
        _causal = model is IRegisterLike && !isTooLong ? CausalHistory.TryBuild(parts, model, nilReads) : null;
        LevelResult[] weak = Weak(isTooLong);
        LevelResult sequential = Sequential(weak[0].Answer);
        return [new(ConsistencyLevel.Linearizable, LevelAnswer.DoesNotHold), KStale(), sequential, .. weak];
    }

    private LevelResult KStale()
    {
        const ConsistencyLevel Level = ConsistencyLevel.KStale;
        if (model is not IRegisterLike register || wrong.Operations.Exists(judged => register.AsRegisterCall(SearchInput.CallOf(judged, nilReads)).Kind == RegisterCallKind.Other))
            return new(Level, LevelAnswer.NotApplicable, Detail: "it is about registers that are replaced as a whole");
        for (int k = 2; k <= StalenessMax; k++)
        {
            if (budget.IsSpent) return new(Level, LevelAnswer.Undecided);
            var judge = new PartJudge(new StaleModel(model, register, k), nilReads);
            SearchEnd end = budget.Spend(Share * 2, each => judge.Judge(wrong, each).End);
            if (end == SearchEnd.Found) return new(Level, LevelAnswer.Holds, k);
            if (end != SearchEnd.Exhausted) return new(Level, LevelAnswer.Undecided, Detail: string.Create(CultureInfo.InvariantCulture, $"not for k below {k}"));
        }

        return new(Level, LevelAnswer.DoesNotHold, Detail: string.Create(CultureInfo.InvariantCulture, $"not for k up to {StalenessMax}"));
    }

    private LevelResult Sequential(LevelAnswer causal)
    {
        const ConsistencyLevel Level = ConsistencyLevel.Sequential;
        // What is sequential is causal.
        if (causal == LevelAnswer.DoesNotHold) return new(Level, LevelAnswer.DoesNotHold);
        if (budget.IsSpent) return new(Level, LevelAnswer.Undecided);
        SearchEnd end = budget.Spend(Share, each => new SequentialSearch(parts, model, nilReads).Run(each));
        return new(Level, end switch { SearchEnd.Found => LevelAnswer.Holds, SearchEnd.Exhausted => LevelAnswer.DoesNotHold, _ => LevelAnswer.Undecided });
    }

    private LevelResult[] Weak(bool isTooLong)
    {
        ConsistencyLevel[] levels = [ConsistencyLevel.Causal, ConsistencyLevel.WritesFollowReads, ConsistencyLevel.MonotonicWrites, ConsistencyLevel.MonotonicReads, ConsistencyLevel.ReadYourWrites];
        if (_causal is not CausalHistory history)
        {
            return [.. levels.Select(level => isTooLong && model is IRegisterLike
                ? new LevelResult(level, LevelAnswer.Undecided, Detail: "the history is too long for it")
                : new LevelResult(level, LevelAnswer.NotApplicable, Detail: model is IRegisterLike ? "a value was written twice, so it is not known which write a read saw" : "it is about registers that are read and written"))];
        }

        return
        [
            Of(levels[0], budget.Spend(1, each => CausalChecks.IsCausal(history, each))),
            Of(levels[1], CausalChecks.SeesInOrder(history, ofWritten: false)),
            Of(levels[2], CausalChecks.SeesInOrder(history, ofWritten: true)),
            Of(levels[3], CausalChecks.SeesNothingOlder(history, thanWritten: false)),
            Of(levels[4], CausalChecks.SeesNothingOlder(history, thanWritten: true)),
        ];

        static LevelResult Of(ConsistencyLevel level, bool holds) => new(level, holds ? LevelAnswer.Holds : LevelAnswer.DoesNotHold);
    }
}
