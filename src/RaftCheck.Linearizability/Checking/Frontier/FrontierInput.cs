using System.Runtime.InteropServices;

namespace RaftCheck.Linearizability;

/// <summary>What the frontier needs to know of an operation's effect.</summary>
internal enum EffectKind
{
    /// <summary>It completed, and says something about the state without changing it.</summary>
    Read,

    /// <summary>It completed, is possible in every state, and leaves the same state behind whatever the state was.</summary>
    Overwrite,

    /// <summary>It completed, and is neither.</summary>
    Other,

    /// <summary>It may have taken effect, or not.</summary>
    Unknown,

    /// <summary>It says nothing, and is passed over: a read whose result is not known, say.</summary>
    Nothing,
}

/// <summary>
/// Operations as the frontier sees them: numbers and arrays, and calls that are alike counted once. Operations can be
/// added, and what is known of one can change. For one thread.
/// </summary>
internal sealed class FrontierInput(Model model, NilRead nilReads)
{
    /// <summary>The <see cref="ReturnRank"/> of what never returns.</summary>
    public const int NeverReturns = int.MaxValue;

    private readonly Dictionary<Call, int> _classes = [];
    private readonly List<Call> _calls = [];
    private readonly List<Row> _rows = [];

    /// <summary>How many operations there are.</summary>
    public int Count => _rows.Count;

    /// <summary>The different calls.</summary>
    public ReadOnlySpan<Call> Calls => CollectionsMarshal.AsSpan(_calls);

    /// <summary>What an operation can do.</summary>
    public EffectKind Kind(int operation) => _rows[operation].Kind;

    /// <summary>Whether one, completed or not, is possible in every state and leaves the same state behind.</summary>
    public bool Overwrites(int operation) => _rows[operation].Overwrites;

    /// <summary>The number of an operation's call in <see cref="Calls"/>.</summary>
    public int Class(int operation) => _rows[operation].Class;

    /// <summary>An operation's place in the order of returns.</summary>
    public int ReturnRank(int operation) => _rows[operation].ReturnRank;

    /// <summary>Calls and returns of a part's operations in order: an operation's number for its call, and the complement for its return.</summary>
    public static int[] EventsOf(Part part, out int[] returning)
    {
        ReadOnlySpan<JudgedOperation> operations = CollectionsMarshal.AsSpan(part.Operations);
        returning = part.CompletedByReturn();
        var events = new int[operations.Length + returning.Length];
        int next = 0;
        int returned = 0;
        for (int i = 0; i < operations.Length; i++)
        {
            for (; returned < returning.Length && operations[returning[returned]].Operation.ReturnIndex < operations[i].Operation.InvokeIndex; returned++)
                events[next++] = ~returning[returned];
            events[next++] = i;
        }

        for (; returned < returning.Length; returned++) events[next++] = ~returning[returned];
        return events;
    }

    /// <summary>Adds an operation; <see langword="null"/> stands for one that says nothing.</summary>
    public void Add(Operation operation, CallOutcome? outcome, int returnRank)
    {
        _rows.Add(default);
        Change(_rows.Count - 1, operation, outcome, returnRank);
    }

    /// <summary>What is known of an operation has changed.</summary>
    public void Change(int number, Operation operation, CallOutcome? outcome, int returnRank) => _rows[number] = new Row
    {
        Kind = outcome is CallOutcome known ? KindOf(operation, known) : EffectKind.Nothing,
        Overwrites = model.Overwrites(operation),
        Class = outcome is CallOutcome ended ? ClassOf(SearchInput.CallOf(new JudgedOperation(operation, ended), nilReads)) : 0,
        ReturnRank = returnRank,
    };

    private int ClassOf(Call call)
    {
        if (!model.DistinguishesProcesses) call = call with { Process = 0 };
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_classes, call, out bool known);
        if (known) return number;
        number = _calls.Count;
        _calls.Add(call);
        return number;
    }

    private EffectKind KindOf(Operation operation, CallOutcome outcome)
    {
        if (outcome == CallOutcome.Unknown) return EffectKind.Unknown;
        if (outcome == CallOutcome.Mismatched || model.IsRead(operation)) return EffectKind.Read;
        return model.Overwrites(operation) ? EffectKind.Overwrite : EffectKind.Other;
    }

    private struct Row
    {
        public EffectKind Kind;
        public bool Overwrites;
        public int Class;
        public int ReturnRank;
    }
}
