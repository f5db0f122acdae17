namespace RaftCheck.Linearizability;

/// <summary>
/// Tells whether a priority queue's history has an order. An element is taken at a moment at which no smaller one is in.
/// So each, from the smallest to the largest, is put in as late as it can be, and taken at the first moment that the
/// smaller ones leave: later than that it would only be more in the way of the larger ones. For one thread.
/// </summary>
internal sealed class PriorityQueueCheck : GuessingCheck
{
    private const int None = ContainerHistory.None;
    private const int Never = ContainerHistory.Never;
    private readonly int[] _bySize;
    private readonly int[] _takenAt;
    private readonly int[] _loosest;
    private readonly CoveredMoments _covered = new();
    private readonly List<int> _emptyAt = [];
    private readonly List<int> _emptyLoosest = [];
    private readonly Dictionary<int, int> _notBefore = [];
    private (int Unlucky, int Moment)? _lastGuess;

    // Where it failed: an element, or the complement of the place of an operation that found nothing.
    private int _unlucky;

    /// <summary>A check of that history.</summary>
    public PriorityQueueCheck(ContainerHistory history, Budget budget)
        : base(history, budget)
    {
        _bySize = [.. Enumerable.Range(0, history.Elements.Length)];
        Array.Sort(history.Elements.ToArray(), _bySize, ValueOrder.Comparer);
        _takenAt = new int[_bySize.Length];
        _loosest = new int[_bySize.Length];
    }

    /// <inheritdoc/>
    public override int[] Order() => PriorityQueueOrder.Operations(View, _bySize, _takenAt, _emptyAt);

    /// <inheritdoc/>
    protected override bool TryPlace()
    {
        _covered.Reset(View.Ranks);
        foreach (int element in _bySize)
        {
            if (element >= View.Count || !View.IsThere[element]) continue;
            int moment = View.Taker[element] == None ? View.Ranks : _covered.FirstFree(View.TakeCall[element]);
            _takenAt[element] = moment;
            if (moment >= View.TakeReturn[element])
            {
                _unlucky = element;
                return false;
            }

            _covered.Cover(View.PutReturn[element], moment, element);
        }

        _emptyAt.Clear();
        foreach (int empty in View.Empties)
        {
            int moment = _covered.FirstFree(View.History.Calls[empty]);
            if (moment >= View.History.Returns[empty])
            {
                _unlucky = ~_emptyAt.Count;
                return false;
            }

            _emptyAt.Add(moment);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override IEnumerable<int> PlaceCulprits()
    {
        if (_unlucky >= 0) return [View.History.Puts[_unlucky], View.Taker[_unlucky], .. InTheWay(View.TakeCall[_unlucky], View.TakeReturn[_unlucky])];
        int empty = View.Empties[~_unlucky];
        return [empty, .. InTheWay(View.History.Calls[empty], View.History.Returns[empty])];
    }

    /// <summary>
    /// What put in and took out the elements that cover some moments; and those without which these would not: who is in
    /// the way at a moment may be so only because somebody else was in its own way.
    /// </summary>
    private List<int> InTheWay(int from, int to)
    {
        var operations = new List<int>();
        var isSeen = new bool[View.Count];
        var open = new Stack<(int From, int To)>();
        open.Push((from, to));
        while (open.TryPop(out (int From, int To) gap))
        {
            for (int moment = gap.From; moment < gap.To;)
            {
                int element = _covered.By(moment);
                moment = _takenAt[element];
                if (isSeen[element]) continue;
                isSeen[element] = true;
                operations.Add(View.History.Puts[element]);
                if (View.TakeReturn[element] != Never) operations.Add(View.Taker[element]);
                if (View.Taker[element] != None) open.Push((View.TakeCall[element], moment));
            }
        }

        return operations;
    }

    /// <inheritdoc/>
    protected override void FindDeadlines()
    {
        // From the largest to the smallest: when whoever takes a larger one, and begins so late, must have taken it.
        var earliest = new EarliestReturns(View.Ranks);
        foreach (int empty in View.Empties) earliest.Add(View.History.Calls[empty], View.History.Returns[empty], ~empty);
        for (int i = _bySize.Length - 1; i >= 0; i--)
        {
            int element = _bySize[i];
            if (element >= View.Count || !View.IsThere[element]) continue;
            if (View.TakeReturn[element] != Never)
            {
                earliest.Add(View.TakeCall[element], View.TakeReturn[element], element);
                continue;
            }

            (int deadline, int witness) = earliest.From(View.PutReturn[element]);
            Lost.TrySetDeadline(element, deadline, witness);
        }
    }

    /// <inheritdoc/>
    protected override void RememberLoosest()
    {
        _takenAt.CopyTo(_loosest, 0);
        _emptyLoosest.Clear();
        _emptyLoosest.AddRange(_emptyAt);
        _notBefore.Clear();
        _lastGuess = null;
    }

    /// <inheritdoc/>
    protected override Tightening Tighten()
    {
        bool isEmpty = _unlucky < 0;
        int from = isEmpty ? View.History.Calls[View.Empties[~_unlucky]] : View.TakeCall[_unlucky];
        int to = isEmpty ? View.History.Returns[View.Empties[~_unlucky]] : View.TakeReturn[_unlucky];
        int loosest = isEmpty ? _emptyLoosest[~_unlucky] : _loosest[_unlucky];
        List<int> smaller = isEmpty ? View.Lost : View.Lost.FindAll(element => IsSmaller(element, _unlucky));
        int notBefore = _notBefore.GetValueOrDefault(_unlucky, loosest);
        int moment = Lost.FirstMomentWithEnoughTakers(smaller, notBefore, to);
        if (moment == Never && notBefore > loosest) return Tightening.Stuck;
        if (moment == Never)
        {
            int[] itself = isEmpty ? [View.Empties[~_unlucky]] : [View.History.Puts[_unlucky], View.Taker[_unlucky]];
            Lost.AssignAllToFirst();
            TryPlace();
            Culprits = ContainerView.Culprits([.. itself, .. InTheWay(from, loosest), .. smaller.Select(element => View.History.Puts[element])]);
            return Tightening.Contradiction;
        }

        _lastGuess = (_unlucky, moment);
        bool isTighter = false;
        foreach (int element in smaller)
        {
            bool isInTheWay = View.PutReturn[element] <= moment && _takenAt[element] > moment;
            if (isInTheWay && Lost.TrySetDeadline(element, moment + 1, None)) isTighter = true;
        }

        return isTighter ? Tightening.Tighter : Tightening.Stuck;
    }

    /// <inheritdoc/>
    protected override bool TryForbidLastGuess()
    {
        if (_lastGuess is not var (unlucky, moment)) return false;
        _notBefore[unlucky] = moment + 1;
        _lastGuess = null;
        return true;
    }

    private bool IsSmaller(int element, int than) => ValueOrder.Comparer.Compare(View.History.Elements[element], View.History.Elements[than]) < 0;
}
