using System.Runtime.InteropServices;

namespace RaftCheck.Linearizability;

/// <summary>
/// The operations of a container whose elements all differ, as numbers. Operations are numbered as in their part, elements
/// in the order of the calls that put them in. Times are ranks: calls and returns, counted from the first. What the
/// container holds at first was put in one by one before that. Immutable once built.
/// </summary>
internal sealed class ContainerHistory
{
    /// <summary>What stands for no operation.</summary>
    public const int None = -1;

    /// <summary>A time that never comes.</summary>
    public const int Never = int.MaxValue;

    private readonly List<int> _puts = [];
    private readonly List<int> _takes = [];
    private readonly List<Value> _elements = [];

    private ContainerHistory(Part part, int initially)
    {
        int count = part.Operations.Count;
        ByReturn = part.CompletedByReturn();
        Calls = new int[count];
        Returns = new int[count];
        FindsEmpty = new bool[count];
        Array.Fill(Returns, Never);
        RankEvents(part, initially);
    }

    /// <summary>When each operation was called.</summary>
    public int[] Calls { get; }

    /// <summary>When each returned; <see cref="Never"/> if it did not.</summary>
    public int[] Returns { get; }

    /// <summary>The completed operations in the order of their returns.</summary>
    public int[] ByReturn { get; }

    /// <summary>How many ranks there are.</summary>
    public int Ranks { get; private set; }

    /// <summary>Who put each element in; <see cref="None"/> if it was there at first.</summary>
    public ReadOnlySpan<int> Puts => CollectionsMarshal.AsSpan(_puts);

    /// <summary>Who said to have taken each element out, and returned first of those; <see cref="None"/> if nobody did.</summary>
    public ReadOnlySpan<int> Takes => CollectionsMarshal.AsSpan(_takes);

    /// <summary>The elements.</summary>
    public ReadOnlySpan<Value> Elements => CollectionsMarshal.AsSpan(_elements);

    /// <summary>All that take, or would, in the order of their calls.</summary>
    public List<int> Takers { get; } = [];

    /// <summary>Which operations found the container empty.</summary>
    public bool[] FindsEmpty { get; }

    /// <summary>The first that contradict each other without regard to the order of elements, if there are any.</summary>
    public int[]? Contradiction { get; private set; }

    /// <summary>At which return <see cref="Contradiction"/> shows: the place in <see cref="ByReturn"/>.</summary>
    public int ContradictionAt { get; private set; } = Never;

    /// <summary>When an element began to be put in.</summary>
    public int PutCall(int element) => _puts[element] == None ? element : Calls[_puts[element]];

    /// <summary>When an element was in; <see cref="Never"/> if nobody knows.</summary>
    public int PutReturn(int element) => _puts[element] == None ? element : Returns[_puts[element]];

    /// <summary>
    /// The operations in these terms; <see langword="null"/> if an element was put in twice, or if an operation completed
    /// of which nobody knows what it took.
    /// </summary>
    public static ContainerHistory? TryBuild(Part part, Model model, IContainerLike container, NilRead nilReads)
    {
        ReadOnlySpan<JudgedOperation> operations = CollectionsMarshal.AsSpan(part.Operations);
        var history = new ContainerHistory(part, model.Initial.Items.Length);
        var numbers = new Dictionary<Value, int>(operations.Length / 2);
        foreach (Value element in model.Initial.Items)
        {
            if (!history.TryAddElement(element, None, numbers)) return null;
        }

        var taken = new Value?[operations.Length];
        for (int i = 0; i < operations.Length; i++)
        {
            ContainerCall call = container.AsContainerCall(SearchInput.CallOf(operations[i], nilReads));
            if (call.Kind == ContainerCallKind.Put)
            {
                if (!history.TryAddElement(call.Element, i, numbers)) return null;
                continue;
            }

            if (call.Kind == ContainerCallKind.TakeAnything && operations[i].IsCompleted) return null;
            history.Takers.Add(i);
            history.FindsEmpty[i] = call.Kind == ContainerCallKind.TakeNothing;
            if (call.Kind == ContainerCallKind.Take) taken[i] = call.Element;
        }

        history.Match(taken, numbers);
        return history;
    }

    private bool TryAddElement(Value element, int put, Dictionary<Value, int> numbers)
    {
        if (!numbers.TryAdd(element, _puts.Count)) return false;
        _puts.Add(put);
        _takes.Add(None);
        _elements.Add(element);
        return true;
    }

    /// <summary>Finds out who took what, up to the first who cannot have.</summary>
    private void Match(Value?[] taken, Dictionary<Value, int> numbers)
    {
        for (int at = 0; at < ByReturn.Length; at++)
        {
            int take = ByReturn[at];
            if (taken[take] is not Value element) continue;
            Contradiction = !numbers.TryGetValue(element, out int number) ? [take]
                : _takes[number] != None ? [_puts[number], _takes[number], take]
                : Returns[take] < PutCall(number) ? [_puts[number], take]
                : null;
            if (Contradiction is not null)
            {
                ContradictionAt = at;
                return;
            }

            _takes[number] = take;
        }
    }

    private void RankEvents(Part part, int initially)
    {
        // Calls are in order already, and so are the returns: a merge ranks them without another sort.
        ReadOnlySpan<JudgedOperation> operations = CollectionsMarshal.AsSpan(part.Operations);
        int rank = initially;
        int next = 0;
        for (int i = 0; i < operations.Length; i++)
        {
            for (; next < ByReturn.Length && operations[ByReturn[next]].Operation.ReturnIndex < operations[i].Operation.InvokeIndex; next++)
                Returns[ByReturn[next]] = rank++;
            Calls[i] = rank++;
        }

        for (; next < ByReturn.Length; next++) Returns[ByReturn[next]] = rank++;
        Ranks = rank;
    }
}
