using System.Diagnostics;

namespace RaftCheck.Linearizability;

/// <summary>
/// Judges parts one after another, each by the way that suits it: the general search has a short try first where that
/// is cheaper than anything else, then the fast paths are asked, and last the search goes on to the end. Reuses its
/// arrays from part to part. For one thread.
/// </summary>
internal sealed class PartJudge(Model model, NilRead nilReads)
{
    /// <summary>What results call the general search.</summary>
    public const string SearchName = "search";

    /// <summary>What results call the order of the log.</summary>
    public const string LogWitnessName = "log-witness";

    /// <summary>What results call the frontier.</summary>
    public const string FrontierName = "frontier";

    // Below this, most parts are settled by the search before a fast path has sorted its operations.
    private const int SmallPart = 256;

    // Above this, the search may take more than anyone wants to spend on where exactly a history goes wrong.
    private const int SearchablePrefix = 2000;

    private static readonly IFastPath[] FastPaths = [new Zones(), new QueueMonitor(), new StackMonitor(), new PriorityQueueMonitor(), new DistinctIds(), new SetReads(), new ListPrefixes()];

    // In turn: how many steps the search may take for each operation, how many configurations the frontier may keep, and
    // how many it may explore for each operation. Most frontiers are narrow nearly always, and wide for a moment.
    private static readonly (long Patience, int Width, long FrontierPatience)[] Rounds =
        [(2, 1 << 13, 1 << 12), (16, 1 << 15, 1 << 14), (256, 1 << 17, 1 << 15), (0, int.MaxValue, long.MaxValue)];

    private Search _search = new(model, nilReads);

    // The furthest that any attempt at the present part has got, in returns.
    private int _placed;

    /// <summary>Judges a part.</summary>
    public Judgement Judge(Part part, Budget budget)
    {
        if (budget.Look() is SearchEnd spent) return new Judgement(part, spent);
        _placed = 0;
        try
        {
            return JudgeWithin(part, budget);
        }
        catch (SpentException e)
        {
            return new Judgement(part, e.End) { StatesExplored = budget.StatesExplored, Placed = _placed };
        }
        catch (OutOfMemoryException)
        {
            // The process has a limit of its own, and what the model allocates for a moment is not in our account.
            _search = new Search(model, nilReads);
            return new Judgement(part, SearchEnd.OutOfMemory) { StatesExplored = budget.StatesExplored, Placed = _placed };
        }
    }

    private Judgement JudgeWithin(Part part, Budget budget)
    {
        if (part.LogStarts is null) return JudgeByShape(part, budget);
        Judgement inLogOrder = BySearch(part, budget, patience: 4096 + (64L * part.Operations.Count), part.LogStarts);
        if (inLogOrder.End == SearchEnd.Found) return inLogOrder with { Method = LogWitnessName };
        if (inLogOrder.End is not (SearchEnd.Exhausted or SearchEnd.OutOfPatience)) return inLogOrder;
        return JudgeByShape(part, budget) with { LogOrder = Results.LogOrder(inLogOrder) };
    }

    private Judgement JudgeByShape(Part part, Budget budget)
    {
        int count = part.Operations.Count;
        if (count < SmallPart)
        {
            Judgement first = BySearch(part, budget, patience: 256 + (16 * count));
            if (first.End != SearchEnd.OutOfPatience) return first;
        }

        foreach (IFastPath path in FastPaths)
        {
            FastVerdict? verdict = path.Judge(part, model, nilReads, budget);
            if (verdict is not null) return ByFastPath(part, path, verdict, budget);
        }

        return ByRounds(part, budget);
    }

    /// <summary>
    /// The search is fast where a first guess is good, the frontier where all guesses must be followed: neither is told
    /// to finish before the other has had its try.
    /// </summary>
    private Judgement ByRounds(Part part, Budget budget)
    {
        var frontier = new FrontierJudge(part, model, nilReads);
        foreach ((long patience, int width, long frontierPatience) in Rounds)
        {
            if (patience > 0)
            {
                Judgement searched = BySearch(part, budget, 1000 + (patience * part.Operations.Count));
                if (searched.End != SearchEnd.OutOfPatience) return searched with { Placed = _placed };
            }

            Judgement judged = ByFrontier(part, frontier, width, Times(frontierPatience, part), budget);
            if (judged.End != SearchEnd.OutOfPatience) return judged with { Placed = _placed };
        }

        throw new UnreachableException("a frontier that lets nothing go comes to an end");
    }

    private static long Times(long patience, Part part) => patience == long.MaxValue ? patience : (1 << 16) + (patience * part.Operations.Count);

    private Judgement ByFrontier(Part part, FrontierJudge frontier, int width, long patience, Budget budget)
    {
        SearchEnd end = frontier.Run(width, patience, budget);
        _placed = Math.Max(_placed, frontier.Returned);
        return new Judgement(part, end)
        {
            Method = FrontierName,
            Order = part.OperationsAt(frontier.Order),
            Blocked = frontier.Blocked < 0 ? null : part.Operations[frontier.Blocked].Operation,
            StateAfter = frontier.StateAfter,
            Placed = frontier.Returned,
            StatesExplored = budget.StatesExplored,
        };
    }

    private Judgement BySearch(Part part, Budget budget, long patience, int[]? logStarts = null)
    {
        SearchEnd end = _search.Run(part, budget, patience, logStarts);
        _placed = Math.Max(_placed, _search.Placed);
        bool found = end == SearchEnd.Found;
        var judgement = new Judgement(part, end) { StatesExplored = budget.StatesExplored, Placed = _search.Placed };
        if (!found && end != SearchEnd.Exhausted) return judgement;
        return judgement with
        {
            Order = _search.Order(found),
            Blocked = found ? null : _search.Blocked,
            StateAfter = found ? null : _search.StateAfterBest,
        };
    }

    private Judgement ByFastPath(Part part, IFastPath path, FastVerdict verdict, Budget budget)
    {
        if (verdict is { End: SearchEnd.Exhausted, Blocked: < 0 }) return FirstViolation(part, path, verdict, budget);
        return FromVerdict(part, path, verdict, budget);
    }

    private Judgement FromVerdict(Part part, IFastPath path, FastVerdict verdict, Budget budget)
    {
        var judgement = new Judgement(part, verdict.End) { Method = path.Name, StatesExplored = budget.StatesExplored };
        if (verdict.End == SearchEnd.Found) return judgement with { Order = part.OperationsAt(verdict.Positions) };
        if (verdict.End != SearchEnd.Exhausted) return judgement;
        return judgement with
        {
            Culprits = part.OperationsAt(verdict.Positions),
            Blocked = verdict.Blocked < 0 ? null : part.Operations[verdict.Blocked].Operation,
            Order = part.OperationsAt(verdict.Prefix),
            StateAfter = verdict.Blocked < 0 ? null : StateAfter(part, verdict.Prefix, part.Operations[verdict.Blocked].Operation.ReturnIndex),
        };
    }

    /// <summary>
    /// Every prefix of a linearizable history is linearizable, so the return that breaks it is found by halving. The
    /// general search is asked about prefixes that the fast path cannot judge.
    /// </summary>
    private Judgement FirstViolation(Part part, IFastPath path, FastVerdict verdict, Budget budget)
    {
        int[] returns = part.CompletedByReturn();
        int holds = 0;
        int broken = returns.Length;
        Operation[] order = [];
        while (broken - holds > 1)
        {
            int middle = holds + ((broken - holds) / 2);
            Part prefix = part.Prefix(returns, middle, model);
            // The verdict stands; only where it comes about is not known.
            FastVerdict? fast = path.Judge(prefix, model, nilReads, budget);
            if (fast is null && prefix.Operations.Count > SearchablePrefix) return FromVerdict(part, path, verdict, budget);
            Judgement judged = fast is null
                ? BySearch(prefix, budget, patience: 10_000 + (4 * prefix.Operations.Count))
                : FromVerdict(prefix, path, fast, budget);
            if (judged.End is not (SearchEnd.Found or SearchEnd.Exhausted)) return FromVerdict(part, path, verdict, budget);
            if (judged.End == SearchEnd.Found) (holds, order) = (middle, judged.Order);
            else broken = middle;
        }

        return FromVerdict(part, path, verdict, budget) with
        {
            Blocked = part.Operations[returns[broken - 1]].Operation,
            Order = order,
            StateAfter = StateAfter(part, order, part.Operations[returns[broken - 1]].Operation.ReturnIndex),
        };
    }

    /// <summary>The state after an order of what returned before an event: what returned later was not known then.</summary>
    private Value? StateAfter(Part part, int[] order, int? before)
    {
        var calls = new Call[order.Length];
        for (int i = 0; i < calls.Length; i++)
        {
            JudgedOperation judged = part.Operations[order[i]];
            bool isKnown = judged.Operation.ReturnIndex < before;
            calls[i] = SearchInput.CallOf(isKnown ? judged : judged with { Outcome = CallOutcome.Unknown }, nilReads);
        }

        return model.Replay(calls);
    }

    private Value? StateAfter(Part part, Operation[] order, int? before)
    {
        var positions = new Dictionary<int, int>();
        for (int i = 0; i < part.Operations.Count; i++) positions.Add(part.Operations[i].Operation.Id, i);
        return StateAfter(part, [.. order.Select(operation => positions[operation.Id])], before);
    }
}
