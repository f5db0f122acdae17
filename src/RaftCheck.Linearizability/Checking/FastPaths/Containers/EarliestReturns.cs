namespace RaftCheck.Linearizability;

/// <summary>Of operations that are added in any order: which one returned first of those called after a time. For one thread.</summary>
internal sealed class EarliestReturns
{
    // A Fenwick tree over the calls, counted from the last rank.
    private readonly int[] _returns;
    private readonly int[] _witnesses;

    /// <summary>None yet.</summary>
    public EarliestReturns(int ranks)
    {
        _returns = new int[ranks + 1];
        _witnesses = new int[ranks + 1];
        Array.Fill(_returns, ContainerHistory.Never);
    }

    /// <summary>Adds an operation; the witness stands for it in answers.</summary>
    public void Add(int call, int back, int witness)
    {
        for (int i = _returns.Length - 1 - call; i < _returns.Length; i += i & -i)
        {
            if (back < _returns[i]) (_returns[i], _witnesses[i]) = (back, witness);
        }
    }

    /// <summary>The first return of those called at a rank or later, and who it was; <see cref="ContainerHistory.Never"/> if there is none.</summary>
    public (int Return, int Witness) From(int call)
    {
        (int Return, int Witness) first = (ContainerHistory.Never, ContainerHistory.None);
        for (int i = _returns.Length - 1 - call; i > 0; i -= i & -i)
        {
            if (_returns[i] < first.Return) first = (_returns[i], _witnesses[i]);
        }

        return first;
    }
}
