using System.Runtime.InteropServices;

namespace RaftCheck.Linearizability;

/// <summary>
/// The operations of a register whose written values all differ, as numbers. Operations are numbered as in their part;
/// values from 0, the initial one first. Immutable once built.
/// </summary>
internal sealed class ZoneHistory
{
    /// <summary>The number of the initial value.</summary>
    public const int Initial = 0;

    /// <summary>What stands for no operation and no value.</summary>
    public const int None = -1;

    private readonly Dictionary<Value, int> _numbers = [];
    private readonly List<ValueUse> _values = [];

    private ZoneHistory(int operations)
    {
        Kinds = new RegisterCallKind[operations];
        Found = new int[operations];
        Invokes = new int[operations];
        ReturnsAt = new int[operations];
        NextReader = new int[operations];
    }

    /// <summary>What each operation does.</summary>
    public RegisterCallKind[] Kinds { get; }

    /// <summary>The value that each operation finds, or is said not to find; <see cref="None"/> for a write.</summary>
    public int[] Found { get; }

    /// <summary>When each was called.</summary>
    public int[] Invokes { get; }

    /// <summary>When each returned; <see cref="int.MaxValue"/> if it did not.</summary>
    public int[] ReturnsAt { get; }

    /// <summary>Of each read, the next one that finds the same value; <see cref="None"/> behind the last.</summary>
    public int[] NextReader { get; }

    /// <summary>The completed operations in the order of their returns.</summary>
    public int[] Returns { get; private set; } = [];

    /// <summary>The values that were written or found.</summary>
    public ReadOnlySpan<ValueUse> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>The values, each behind the one that it was swapped for. Shorter than all values if some go in a circle.</summary>
    public int[] ChainOrder { get; private set; } = [];

    /// <summary>Whether some <c>cas</c> was seen to mismatch.</summary>
    public bool HasMismatches { get; private set; }

    /// <summary>Whether some completed operation neither does nor says anything.</summary>
    public bool HasIdlers { get; private set; }

    /// <summary>The operations in these terms; <see langword="null"/> if some value may have been written twice.</summary>
    public static ZoneHistory? TryBuild(Part part, IRegisterLike register, Value initial, NilRead nilReads, Budget budget)
    {
        ReadOnlySpan<JudgedOperation> operations = CollectionsMarshal.AsSpan(part.Operations);
        var history = new ZoneHistory(operations.Length);
        history.NumberOf(initial);
        var unknownWrites = new List<(int Operation, Value Written)>();
        for (int i = 0; i < operations.Length; i++)
        {
            budget.RequireStep();
            RegisterCall call = register.AsRegisterCall(SearchInput.CallOf(operations[i], nilReads));
            if (!history.TryAdd(i, operations[i], call)) return null;
            if (!operations[i].IsCompleted && call.Kind is RegisterCallKind.Write or RegisterCallKind.Swap)
                unknownWrites.Add((i, call.Written));
        }

        if (!history.TryAddUnknownWrites(unknownWrites)) return null;
        history.SortReturns();
        history.OrderChains();
        return history.ChainOrder.Length == history._values.Count ? history : null;
    }

    private bool TryAdd(int i, JudgedOperation judged, RegisterCall call)
    {
        Kinds[i] = call.Kind;
        Invokes[i] = judged.Operation.InvokeIndex;
        ReturnsAt[i] = judged.IsCompleted ? judged.Operation.ReturnIndex ?? int.MaxValue : int.MaxValue;
        Found[i] = None;
        NextReader[i] = None;
        switch (call.Kind)
        {
            case RegisterCallKind.Other:
                return false;
            case RegisterCallKind.Nothing:
                if (judged.IsCompleted) HasIdlers = true;
                return true;
            case RegisterCallKind.Read:
                Found[i] = NumberOf(call.Expected);
                AddReader(Found[i], i);
                return true;
            case RegisterCallKind.Mismatch:
                Found[i] = NumberOf(call.Expected);
                HasMismatches = true;
                return true;
            default:
                if (call.Kind == RegisterCallKind.Swap) Found[i] = NumberOf(call.Expected);
                return !judged.IsCompleted || TrySetWriter(NumberOf(call.Written), i);
        }
    }

    /// <summary>
    /// Of unknown writes of one value, only the one that is found matters; if there are several, which one is anyone's
    /// guess. One whose value nobody finds may be left out: it can only get in the way.
    /// </summary>
    private bool TryAddUnknownWrites(List<(int Operation, Value Written)> writes)
    {
        foreach ((int operation, Value written) in writes)
        {
            if (!_numbers.TryGetValue(written, out int value)) Kinds[operation] = RegisterCallKind.Nothing;
            else if (!TrySetWriter(value, operation)) return false;
        }

        return true;
    }

    private bool TrySetWriter(int value, int operation)
    {
        ref ValueUse use = ref CollectionsMarshal.AsSpan(_values)[value];
        if (use.Writer != None || value == Initial) return false;
        use.Writer = operation;
        return true;
    }

    private void AddReader(int value, int operation)
    {
        ref ValueUse use = ref CollectionsMarshal.AsSpan(_values)[value];
        if (use.FirstReader == None) use.FirstReader = operation;
        else NextReader[use.LastReader] = operation;
        use.LastReader = operation;
    }

    private int NumberOf(Value value)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, value, out bool known);
        if (known) return number;
        number = _values.Count;
        _values.Add(new ValueUse { Writer = None, FirstReader = None, LastReader = None });
        return number;
    }

    private void SortReturns()
    {
        int count = ReturnsAt.Count(static at => at != int.MaxValue);
        var times = new int[count];
        Returns = new int[count];
        int next = 0;
        for (int i = 0; i < ReturnsAt.Length; i++)
        {
            if (ReturnsAt[i] == int.MaxValue) continue;
            times[next] = ReturnsAt[i];
            Returns[next++] = i;
        }

        Array.Sort(times, Returns);
    }

    private void OrderChains()
    {
        // Each value's swapped-for values as a linked list, then breadth first from those that nobody swapped in.
        int count = _values.Count;
        var firstAfter = new int[count];
        var nextAfter = new int[count];
        Array.Fill(firstAfter, None);
        var order = new int[count];
        int placed = 0;
        for (int value = 0; value < count; value++)
        {
            int before = Before(value);
            if (before == None)
            {
                order[placed++] = value;
                continue;
            }

            nextAfter[value] = firstAfter[before];
            firstAfter[before] = value;
        }

        for (int i = 0; i < placed; i++)
        {
            for (int value = firstAfter[order[i]]; value != None; value = nextAfter[value]) order[placed++] = value;
        }

        ChainOrder = order[..placed];
    }

    /// <summary>The value that a value was swapped for; <see cref="None"/> if it was written outright, or never.</summary>
    public int Before(int value)
    {
        int writer = _values[value].Writer;
        return writer == None ? None : Found[writer];
    }

    /// <summary>Who wrote a value, and who found it.</summary>
    internal struct ValueUse
    {
        /// <summary>The write or the swap that left it behind.</summary>
        public int Writer;

        /// <summary>The read called first of those that found it.</summary>
        public int FirstReader;

        /// <summary>The read called last of those that found it.</summary>
        public int LastReader;
    }
}
