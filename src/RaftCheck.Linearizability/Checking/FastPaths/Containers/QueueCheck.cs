namespace RaftCheck.Linearizability;

/// <summary>
/// Tells whether a queue's history has an order. Each step is exact by itself, and none can spoil another:
/// <list type="number">
/// <item>a lost element must be gone before another one is that was put in certainly later. So the lost ones go in the
/// order in which they came, each to the next of those who may have taken it, as far as they must go at all;</item>
/// <item>whoever found the queue empty gets the first moment at which no element was certainly in it: any such moment will
/// do, as elements whose taking may be before it can be put in before it too, and the others after it;</item>
/// <item>between two such moments, elements can go through the queue in one order if no two of them contradict each other:
/// a union of two interval orders has a cycle only if it has one of two (<see cref="QueueOrder"/>).</item>
/// </list>
/// For one thread.
/// </summary>
internal sealed class QueueCheck : ContainerCheck
{
    private const int Never = ContainerHistory.Never;
    private readonly EmptyMoments _moments;
    private readonly QueueOrder _order;

    /// <summary>A check of that history.</summary>
    public QueueCheck(ContainerHistory history)
        : base(history)
    {
        _moments = new EmptyMoments(View);
        _order = new QueueOrder(View);
    }

    /// <inheritdoc/>
    public override bool? Holds(int returns, int without = ContainerHistory.None)
    {
        View.Load(returns, without);
        if (!_moments.TryFind())
        {
            Culprits = _moments.Culprits();
            return false;
        }

        if (!TryAssign()) return false;
        if (_order.TryArrange(_moments.Moments)) return true;
        Culprits = ContainerView.Culprits(_order.Culprits);
        return false;
    }

    /// <inheritdoc/>
    public override int[] Order() => _order.Operations();

    /// <summary>
    /// Gives the lost elements that must be gone at some time to those who may have taken them. What came later must be
    /// gone later, so the first goes to the first; and what must be gone at a moment when the queue is empty has come
    /// before it, so that moments and elements do not compete.
    /// </summary>
    private bool TryAssign()
    {
        (int[] deadlines, int[] witnesses) = Deadlines();
        int lastMoment = _moments.Moments.Count == 0 ? -1 : _moments.Moments[^1];
        for (int i = 0; i < View.Lost.Count; i++)
        {
            int element = View.Lost[i];
            if (deadlines[i] == Never && View.PutReturn[element] > lastMoment) break;
            bool isMet = i < View.UnknownTakes.Count && View.History.Calls[View.UnknownTakes[i]] < deadlines[i];
            if (!isMet)
            {
                Culprits = TooManyLost(i, witnesses[i]);
                return false;
            }

            View.Assign(element, View.UnknownTakes[i]);
        }

        return true;
    }

    /// <summary>For each lost element, the first return of a take of one that was put in certainly later, and that one.</summary>
    private (int[] Deadlines, int[] Witnesses) Deadlines()
    {
        var deadlines = new int[View.Lost.Count];
        var witnesses = new int[View.Lost.Count];
        int earliest = Never;
        int witness = ContainerHistory.None;
        int later = View.Count - 1;
        for (int i = View.Lost.Count - 1; i >= 0; i--)
        {
            for (; later >= 0 && View.PutCall[later] > View.PutReturn[View.Lost[i]]; later--)
            {
                if (!View.IsThere[later] || View.TakeReturn[later] >= earliest) continue;
                earliest = View.TakeReturn[later];
                witness = later;
            }

            (deadlines[i], witnesses[i]) = (earliest, witness);
        }

        return (deadlines, witnesses);
    }

    /// <summary>The lost elements up to one of them, and one that overtook them all: too few may have taken them.</summary>
    private int[] TooManyLost(int last, int overtaker)
    {
        var culprits = new List<int> { View.History.Puts[overtaker], View.Taker[overtaker] };
        foreach (int element in View.Lost[..(last + 1)]) culprits.Add(View.History.Puts[element]);
        return ContainerView.Culprits(culprits);
    }
}
