namespace RaftCheck.Linearizability;

/// <summary>Tells whether a prefix of a container's history has an order. For one thread.</summary>
internal abstract class ContainerCheck(ContainerHistory history)
{
    /// <summary>The prefix that was judged last.</summary>
    protected ContainerView View { get; } = new(history);

    /// <summary>After a violation: operations that contradict each other, whatever else happened.</summary>
    public int[] Culprits { get; protected set; } = [];

    /// <summary>
    /// Whether there is an order of what happened up to, and including, that many returns, all before
    /// <see cref="ContainerHistory.ContradictionAt"/>; <see langword="null"/> if this check cannot tell.
    /// </summary>
    /// <param name="returns">How many.</param>
    /// <param name="without">One of unknown end that is supposed to have taken nothing.</param>
    public abstract bool? Holds(int returns, int without = ContainerHistory.None);

    /// <summary>After a prefix that holds: an order that explains it.</summary>
    public abstract int[] Order();
}
