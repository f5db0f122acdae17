namespace RaftCheck.Linearizability;

/// <summary>
/// Tells whether a stack's history has an order: whoever found it empty gets the first moment at which no element was
/// certainly in, any of which will do; and the elements are nested (<see cref="StackNesting"/>). For one thread.
/// </summary>
internal sealed class StackCheck : GuessingCheck
{
    private const int None = ContainerHistory.None;
    private const int Never = ContainerHistory.Never;
    private readonly StackNesting _nesting;
    private readonly List<int> _emptyAt = [];
    private readonly List<int> _emptyLoosest = [];

    // Moments at which a stretch was tried to be made to fall apart, in vain; and the last one that was tried.
    private readonly HashSet<int> _forbidden = [];
    private int _lastGuess = -1;

    // Who found no moment at which the stack was empty; none if that is not what failed.
    private int _unlucky = None;

    /// <summary>A check of that history.</summary>
    public StackCheck(ContainerHistory history, Budget budget)
        : base(history, budget) => _nesting = new StackNesting(View);

    /// <inheritdoc/>
    public override int[] Order()
    {
        var others = new List<(int Moment, int Operation)>();
        for (int i = 0; i < View.Count; i++)
        {
            if (!View.IsThere[i] || _nesting.HasCore(i)) continue;
            others.Add((View.TakeCall[i], View.History.Puts[i]));
            others.Add((View.TakeCall[i], View.Taker[i]));
        }

        for (int i = 0; i < _emptyAt.Count; i++) others.Add((_emptyAt[i], View.Empties[i]));
        // OrderBy is stable: a push stays right before its pop.
        return _nesting.Operations([.. others.OrderBy(static other => other.Moment)]);
    }

    /// <inheritdoc/>
    protected override bool TryPlace()
    {
        _nesting.Load();
        _emptyAt.Clear();
        _unlucky = None;
        foreach (int empty in View.Empties)
        {
            int moment = _nesting.FirstFree(View.History.Calls[empty]);
            if (moment >= View.History.Returns[empty])
            {
                _unlucky = empty;
                return false;
            }

            _emptyAt.Add(moment);
        }

        return _nesting.TryNest();
    }

    /// <inheritdoc/>
    protected override IEnumerable<int> PlaceCulprits()
    {
        if (_unlucky == None) return Chain(_nesting.LeftIn(_nesting.Unlucky), _nesting.Unlucky.From, _nesting.Unlucky.To);
        return [_unlucky, .. Chain(AllWithCores(), View.History.Calls[_unlucky], View.History.Returns[_unlucky])];
    }

    /// <inheritdoc/>
    protected override void FindDeadlines()
    {
        // Of those pushed certainly earlier, whoever was popped certainly after this one was in: it lay below.
        var earliest = new EarliestReturns(View.Ranks);
        foreach (int empty in View.Empties) earliest.Add(View.History.Calls[empty], View.History.Returns[empty], ~empty);
        var atPutReturn = new int[View.Ranks];
        Array.Fill(atPutReturn, None);
        for (int i = 0; i < View.Count; i++)
        {
            if (View.TakeReturn[i] != Never) atPutReturn[View.PutReturn[i]] = i;
        }

        int rank = 0;
        for (int i = 0; i < View.Count; i++)
        {
            for (; rank < View.PutCall[i]; rank++)
            {
                int below = atPutReturn[rank];
                if (below != None) earliest.Add(View.TakeCall[below], View.TakeReturn[below], below);
            }

            if (!View.IsThere[i] || View.TakeReturn[i] != Never) continue;
            (int deadline, int witness) = earliest.From(View.PutReturn[i]);
            Lost.TrySetDeadline(i, deadline, witness);
        }
    }

    /// <inheritdoc/>
    protected override void RememberLoosest()
    {
        _emptyLoosest.Clear();
        _emptyLoosest.AddRange(_emptyAt);
        _forbidden.Clear();
        _lastGuess = -1;
    }

    /// <inheritdoc/>
    protected override Tightening Tighten()
    {
        if (_unlucky == None) return TightenAll();
        int loosest = _emptyLoosest[_emptyAt.Count];
        int moment = Lost.FirstMomentWithEnoughTakers(View.Lost, loosest, View.History.Returns[_unlucky]);
        if (moment == Never)
        {
            int unlucky = _unlucky;
            Lost.AssignAllToFirst();
            _nesting.Load();
            Culprits = ContainerView.Culprits([unlucky, .. Chain(AllWithCores(), View.History.Calls[unlucky], loosest), .. View.Lost.Select(element => View.History.Puts[element])]);
            return Tightening.Contradiction;
        }

        bool isTighter = false;
        foreach (int element in View.Lost)
        {
            bool isInTheWay = View.PutReturn[element] <= moment && _nesting.CoreEnd(element) > moment;
            if (isInTheWay && Lost.TrySetDeadline(element, moment + 1, None)) isTighter = true;
        }

        return isTighter ? Tightening.Tighter : Tightening.Stuck;
    }

    /// <inheritdoc/>
    protected override bool TryForbidLastGuess()
    {
        if (_lastGuess < 0) return false;
        _forbidden.Add(_lastGuess);
        _lastGuess = -1;
        return true;
    }

    /// <summary>Goes on as if each stretch that fails had fallen apart, so that all that fail are found at once.</summary>
    private Tightening TightenAll()
    {
        if (!TryTighten(_nesting.Unlucky)) return Tightening.Stuck;
        while (!_nesting.TryGoOn())
        {
            if (!TryTighten(_nesting.Unlucky)) break;
        }

        return Tightening.Tighter;
    }

    /// <summary>
    /// Nothing lies below a stretch. So it has to fall apart at a moment that only lost elements cover: as few of them as
    /// can be, and as late as can be.
    /// </summary>
    private bool TryTighten((int From, int To) stretch)
    {
        var known = new int[stretch.To - stretch.From + 1];
        var lost = new int[known.Length];
        foreach (int element in _nesting.LeftIn(stretch))
        {
            int[] covers = View.TakeReturn[element] == Never ? lost : known;
            covers[View.PutReturn[element] - stretch.From]++;
            covers[_nesting.CoreEnd(element) - stretch.From]--;
        }

        int best = -1;
        int fewest = int.MaxValue;
        for (int at = 0; at < known.Length - 1; at++)
        {
            if (at > 0) (known[at], lost[at]) = (known[at] + known[at - 1], lost[at] + lost[at - 1]);
            if (known[at] == 0 && lost[at] <= fewest && !_forbidden.Contains(stretch.From + at)) (best, fewest) = (stretch.From + at, lost[at]);
        }

        if (best < 0) return false;
        _lastGuess = best;
        foreach (int element in _nesting.LeftIn(stretch).ToArray())
        {
            if (View.TakeReturn[element] == Never && View.PutReturn[element] <= best && _nesting.CoreEnd(element) > best)
            {
                Lost.TrySetDeadline(element, best + 1, None);
                _nesting.Shorten(element, best);
            }
        }

        return true;
    }

    private IEnumerable<int> AllWithCores() => Enumerable.Range(0, View.Count).Where(_nesting.HasCore);

    /// <summary>What put in and took out elements whose cores cover some moments, as few of them as will do.</summary>
    private List<int> Chain(IEnumerable<int> elements, int from, int to)
    {
        var longest = new int[View.Ranks];
        Array.Fill(longest, None);
        foreach (int element in elements) longest[View.PutReturn[element]] = element;
        var chain = new List<int>();
        int best = None;
        int moment = from;
        for (int rank = 0; rank < View.Ranks && moment < to; rank++)
        {
            int element = longest[rank];
            if (element != None && (best == None || _nesting.CoreEnd(element) > _nesting.CoreEnd(best))) best = element;
            if (rank < moment) continue;
            chain.Add(View.History.Puts[best]);
            if (View.TakeReturn[best] != Never) chain.Add(View.Taker[best]);
            moment = _nesting.CoreEnd(best);
        }

        return chain;
    }
}
