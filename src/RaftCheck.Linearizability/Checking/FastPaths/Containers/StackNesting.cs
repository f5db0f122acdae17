namespace RaftCheck.Linearizability;

/// <summary>
/// Nests the elements of a stack. An element is certainly in from the return of its push to the call of its pop: its core.
/// One without a core can be pushed and popped in one go. Where cores cover a stretch of time without a gap, some element
/// must lie below all the others: one whose push may be before the stretch, and whose pop may be behind it. Any such
/// element will do, as one more could lie below it just as well; without it, the stretch may fall apart into several, and so on.
/// If there is none, the elements of the stretch contradict each other. For one thread.
/// </summary>
internal sealed class StackNesting(ContainerView view)
{
    private const int None = ContainerHistory.None;
    private readonly CoverTree _cover = new();
    private readonly LeastTree _mayComeBefore = new();
    private readonly LeastTree _mayGoBehind = new();
    private readonly Stack<Stretch> _open = new();
    private readonly List<(int Key, int Operation)> _nested = [];
    private int[] _atPutReturn = [];
    private bool[] _isHalfway = [];
    private bool[] _isNested = [];
    private int[] _coreEnds = [];

    /// <summary>After a failure: the stretch that nothing lies below, from its first moment to the one behind its last.</summary>
    public (int From, int To) Unlucky { get; private set; }

    /// <summary>When the core of an element ends, if it has one: not at all means behind the last rank.</summary>
    public int CoreEnd(int element) => _coreEnds[element];

    /// <summary>Whether an element is certainly in at some time.</summary>
    public bool HasCore(int element) => view.IsThere[element] && view.PutReturn[element] < CoreEnd(element);

    /// <summary>Takes in what is to be nested.</summary>
    public void Load()
    {
        if (_isNested.Length == 0)
        {
            _isNested = new bool[view.IsThere.Length];
            _isHalfway = new bool[view.IsThere.Length];
            _coreEnds = new int[view.IsThere.Length];
        }

        Array.Clear(_isNested);
        Array.Clear(_isHalfway);
        _atPutReturn = new int[view.Ranks];
        Array.Fill(_atPutReturn, None);
        var covers = new int[view.Ranks + 1];
        var pushCalls = new int[view.Ranks];
        var popReturns = new int[view.Ranks];
        Array.Fill(pushCalls, int.MaxValue);
        Array.Fill(popReturns, int.MaxValue);
        for (int i = 0; i < view.Count; i++)
        {
            _coreEnds[i] = Math.Min(view.TakeCall[i], view.Ranks);
            if (!HasCore(i)) continue;
            int at = view.PutReturn[i];
            covers[at]++;
            covers[CoreEnd(i)]--;
            _atPutReturn[at] = i;
            // What was there at first was pushed right before its rank.
            pushCalls[at] = view.History.Puts[i] == None ? at - 1 : view.PutCall[i];
            popReturns[at] = -view.TakeReturn[i];
        }

        for (int moment = 1; moment <= view.Ranks; moment++) covers[moment] += covers[moment - 1];
        _cover.Reset(covers.AsSpan(0, view.Ranks));
        _mayComeBefore.Reset(pushCalls);
        _mayGoBehind.Reset(popReturns);
    }

    /// <summary>Before <see cref="TryNest()"/>: the first moment from one on at which no element is certainly in.</summary>
    public int FirstFree(int moment) => _cover.FirstFree(moment, view.Ranks);

    /// <summary>The elements whose cores begin within a stretch, and that have found no place there.</summary>
    public IEnumerable<int> LeftIn((int From, int To) stretch)
    {
        for (int rank = stretch.From; rank < stretch.To; rank++)
        {
            if (_atPutReturn[rank] != None && !_isNested[_atPutReturn[rank]]) yield return _atPutReturn[rank];
        }
    }

    /// <summary>Looks for a place for each element.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryNest()
    {
        _nested.Clear();
        _open.Clear();
        return TryNest(0, view.Ranks);
    }

    /// <summary>After a failure: goes on where elements were made to leave earlier by <see cref="Shorten"/>.</summary>
    /// <returns>Whether there would be a place for each of the others.</returns>
    public bool TryGoOn() => TryNest(Unlucky.From, Unlucky.To);

    /// <summary>Ends the core of an element earlier.</summary>
    public void Shorten(int element, int end)
    {
        _cover.Uncover(end, _coreEnds[element]);
        _coreEnds[element] = end;
    }

    private bool TryNest(int from, int to)
    {
        OpenWithin(from, to);
        while (_open.TryPop(out Stretch stretch))
        {
            if (stretch.Roots is not null)
            {
                for (int i = stretch.Roots.Count - 1; i >= 0; i--) _nested.Add((BeforeAll(stretch.To), view.Taker[stretch.Roots[i]]));
                continue;
            }

            List<int> roots = TakeRoots(stretch.From, stretch.To);
            if (roots.Count == 0)
            {
                Unlucky = (stretch.From, stretch.To);
                return false;
            }

            foreach (int root in roots)
            {
                _isNested[root] = true;
                _cover.Uncover(view.PutReturn[root], CoreEnd(root));
                _nested.Add((AfterAll(stretch.From - 1), view.History.Puts[root]));
            }

            // What is in to the end is not popped.
            if (stretch.To < view.Ranks) _open.Push(new Stretch(stretch.From, stretch.To, roots));
            OpenWithin(stretch.From, stretch.To);
        }

        return true;
    }

    /// <summary>After a nesting: the operations, with those in between that do not touch what is nested, by their moments.</summary>
    public int[] Operations(List<(int Moment, int Operation)> others)
    {
        var order = new List<int>(view.History.Calls.Length);
        int other = 0;
        foreach ((int key, int operation) in _nested)
        {
            for (; other < others.Count && (3 * others[other].Moment) + 1 < key; other++) Add(others[other].Operation);
            Add(operation);
        }

        for (; other < others.Count; other++) Add(others[other].Operation);
        return [.. order];

        void Add(int operation)
        {
            if (operation != None) order.Add(operation);
        }
    }

    // At one moment, first comes who is popped, then who finds nothing, and then who is pushed.
    private static int BeforeAll(int moment) => 3 * moment;

    private static int AfterAll(int moment) => (3 * moment) + 2;

    /// <summary>The elements that may lie below all others of a stretch. Once one may be pushed early enough, or popped late enough, it stays so.</summary>
    private List<int> TakeRoots(int from, int to)
    {
        var roots = new List<int>();
        for (int rank = _mayComeBefore.TakeBelow(from, from, to); rank >= 0; rank = _mayComeBefore.TakeBelow(from, from, to)) Note(rank);
        for (int rank = _mayGoBehind.TakeBelow(-to, from, to); rank >= 0; rank = _mayGoBehind.TakeBelow(-to, from, to)) Note(rank);
        return roots;

        void Note(int rank)
        {
            int element = _atPutReturn[rank];
            if (_isHalfway[element]) roots.Add(element);
            _isHalfway[element] = true;
        }
    }

    /// <summary>Opens the stretches that are left between two moments, so that the first comes first.</summary>
    private void OpenWithin(int from, int to)
    {
        var stretches = new List<Stretch>();
        while (from < to)
        {
            int free = _cover.FirstFree(from, to);
            if (free > from) stretches.Add(new Stretch(from, free, null));
            from = free + 1;
        }

        for (int i = stretches.Count - 1; i >= 0; i--) _open.Push(stretches[i]);
    }

    /// <summary>A stretch of time that cores cover without a gap.</summary>
    /// <param name="From">Its first moment.</param>
    /// <param name="To">The moment behind its last.</param>
    /// <param name="Roots">What lies below all others, when these are done; <see langword="null"/> before.</param>
    private readonly record struct Stretch(int From, int To, List<int>? Roots);
}
