namespace RaftCheck.Linearizability;

/// <summary>
/// Gives the elements that nobody is known to have taken to those who may have taken one: the one that must be gone first
/// to the one who was called first. For one thread.
/// </summary>
internal sealed class LostElements(ContainerView view)
{
    private const int Never = ContainerHistory.Never;
    private readonly int[] _deadlines = new int[view.IsThere.Length];
    private readonly int[] _witnesses = new int[view.IsThere.Length];
    private readonly List<int> _byDeadline = [];

    /// <summary>After an attempt that failed: the lost elements of which there are too many, the last one included.</summary>
    public List<int> TooMany { get; } = [];

    /// <summary>Forgets all deadlines.</summary>
    public void Reset()
    {
        foreach (int element in view.Lost) _deadlines[element] = Never;
    }

    /// <summary>Whoever takes an element must have been called before this.</summary>
    public int Deadline(int element) => _deadlines[element];

    /// <summary>
    /// What says that an element must be gone by its deadline: another element that somebody took out, or the complement of
    /// an operation that found nothing.
    /// </summary>
    public int Witness(int element) => _witnesses[element];

    /// <summary>Sets when an element must be gone, if that is earlier than what was known; returns whether it is.</summary>
    public bool TrySetDeadline(int element, int deadline, int witness)
    {
        if (deadline >= _deadlines[element]) return false;
        _deadlines[element] = deadline;
        _witnesses[element] = witness;
        return true;
    }

    /// <summary>
    /// Gives each element to one who may have taken it, those without a deadline last, as long as there is anyone left.
    /// </summary>
    /// <returns>Whether all deadlines are met. If not, no other way to give them would meet them.</returns>
    public bool TryAssign()
    {
        _byDeadline.Clear();
        _byDeadline.AddRange(view.Lost);
        _byDeadline.Sort((x, y) =>
        {
            int byDeadline = _deadlines[x].CompareTo(_deadlines[y]);
            return byDeadline != 0 ? byDeadline : view.PutReturn[x].CompareTo(view.PutReturn[y]);
        });
        for (int i = 0; i < _byDeadline.Count; i++)
        {
            int element = _byDeadline[i];
            bool isAnyoneLeft = i < view.UnknownTakes.Count;
            if (_deadlines[element] != Never && !(isAnyoneLeft && view.History.Calls[view.UnknownTakes[i]] < _deadlines[element]))
            {
                TooMany.Clear();
                TooMany.AddRange(_byDeadline[..(i + 1)]);
                return false;
            }

            if (isAnyoneLeft) view.Assign(element, view.UnknownTakes[i]);
            else view.Keep(element);
        }

        return true;
    }

    /// <summary>
    /// The first moment, from one up to but not including another, at which no more of some lost elements have been put in
    /// than there are operations that may have taken them; <see cref="ContainerHistory.Never"/> if there is none.
    /// </summary>
    /// <param name="elements">The elements, in the order of <see cref="ContainerView.PutReturn"/>.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The one behind the last.</param>
    public int FirstMomentWithEnoughTakers(List<int> elements, int from, int to)
    {
        int taker = 0;
        int element = 0;
        for (int moment = from; moment < to; moment++)
        {
            while (taker < view.UnknownTakes.Count && view.History.Calls[view.UnknownTakes[taker]] <= moment) taker++;
            while (element < elements.Count && view.PutReturn[elements[element]] <= moment) element++;
            if (element <= taker) return moment;
        }

        return Never;
    }

    /// <summary>Supposes that the first who may have taken one has taken them all: more than can be, and never less.</summary>
    public void AssignAllToFirst()
    {
        foreach (int element in view.Lost) view.Assign(element, view.UnknownTakes[0]);
    }
}
