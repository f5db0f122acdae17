namespace RaftCheck.Linearizability;

/// <summary>
/// A check that is exact when it is known who took what. For those of unknown end it guesses what they took: a guess that
/// works is proof; and if not even all of them together could have taken enough, that is proof too. When it fails, it
/// learns which elements must be gone earlier, and guesses again. For one thread.
/// </summary>
internal abstract class GuessingCheck : ContainerCheck
{
    // So many guesses as are worth it: fewer if each takes long.
    private const int RoundsMax = 200;
    private const int RoundsMin = 20;
    private const int OperationsInAllRounds = 20_000_000;

    private readonly Budget _budget;

    /// <summary>A check of that history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="budget">Asked before each guess; when it is spent, the check cannot tell.</param>
    protected GuessingCheck(ContainerHistory history, Budget budget)
        : base(history)
    {
        Lost = new LostElements(View);
        _budget = budget;
    }

    /// <summary>What is not known.</summary>
    protected LostElements Lost { get; }

    /// <inheritdoc/>
    public sealed override bool? Holds(int returns, int without = ContainerHistory.None)
    {
        View.Load(returns, without);
        Lost.Reset();
        if (View.UnknownTakes.Count == 0) return TryPlace() || Fail(PlaceCulprits());
        if (View.Lost.Count > 0) FindDeadlines();
        if (!Lost.TryAssign()) return Fail(Lost.TooMany.SelectMany(CulpritsOfDeadline));
        if (TryPlace()) return true;
        if (View.Lost.Count == 0) return Fail(PlaceCulprits());
        Lost.AssignAllToFirst();
        if (!TryPlace()) return Fail(PlaceCulprits());
        RememberLoosest();
        return Guess();
    }

    /// <summary>Finds out by when the lost elements must be gone for certain.</summary>
    protected abstract void FindDeadlines();

    /// <summary>Looks for an order, by who takes what in the view.</summary>
    protected abstract bool TryPlace();

    /// <summary>After <see cref="TryPlace"/> has failed: operations that contradict each other.</summary>
    protected abstract IEnumerable<int> PlaceCulprits();

    /// <summary>Notes what <see cref="TryPlace"/> has found when everyone could have taken everything.</summary>
    protected abstract void RememberLoosest();

    /// <summary>After <see cref="TryPlace"/> has failed: makes a deadline earlier, or finds <see cref="ContainerCheck.Culprits"/>.</summary>
    protected abstract Tightening Tighten();

    private bool? Guess()
    {
        int rounds = Math.Clamp(OperationsInAllRounds / View.History.Calls.Length, RoundsMin, RoundsMax);
        for (int round = 0; round < rounds && _budget.Look() is null; round++)
        {
            if (!Lost.TryAssign())
            {
                // The last guess asked for too much.
                if (!TryForbidLastGuess()) return null;
                Lost.Reset();
                FindDeadlines();
                continue;
            }

            if (TryPlace()) return true;
            Tightening tightening = Tighten();
            if (tightening != Tightening.Tighter) return tightening == Tightening.Contradiction ? false : null;
        }

        return null;
    }

    /// <summary>The put of an element, and what says that it must be gone by its deadline.</summary>
    private int[] CulpritsOfDeadline(int element)
    {
        int witness = Lost.Witness(element);
        int put = View.History.Puts[element];
        return witness < 0 ? [put, ~witness] : [put, View.History.Puts[witness], View.Taker[witness]];
    }

    /// <summary>Sees to it that the last deadline of <see cref="Tighten"/> is not given again; returns whether there was one.</summary>
    protected abstract bool TryForbidLastGuess();

    /// <summary>What became of a guess that did not work.</summary>
    protected enum Tightening
    {
        /// <summary>The next guess will be another one.</summary>
        Tighter,

        /// <summary>There is no idea for another guess.</summary>
        Stuck,

        /// <summary>No guess can work.</summary>
        Contradiction,
    }

    private bool Fail(IEnumerable<int> culprits)
    {
        Culprits = ContainerView.Culprits(culprits);
        return false;
    }
}
