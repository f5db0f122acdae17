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
}

/// <summary>A part's operations as the frontier sees them: numbers and arrays, and calls that are alike counted once.</summary>
internal sealed class FrontierInput
{
    /// <summary>Takes in a part's operations.</summary>
    public FrontierInput(Part part, Model model, NilRead nilReads)
    {
        ReadOnlySpan<JudgedOperation> operations = CollectionsMarshal.AsSpan(part.Operations);
        Count = operations.Length;
        Kinds = new EffectKind[Count];
        Overwrites = new bool[Count];
        Classes = new int[Count];
        ReturnRanks = new int[Count];
        var classes = new Dictionary<Call, int>();
        for (int i = 0; i < Count; i++)
        {
            Call call = SearchInput.CallOf(operations[i], nilReads);
            if (!classes.TryGetValue(call, out Classes[i]))
            {
                Classes[i] = classes.Count;
                classes.Add(call, Classes[i]);
            }

            Overwrites[i] = model.Overwrites(operations[i].Operation);
            Kinds[i] = KindOf(operations[i], model);
        }

        Calls = [.. classes.Keys];
        Events = ListEvents(part, operations);
    }

    /// <summary>How many operations there are.</summary>
    public int Count { get; }

    /// <summary>What each can do.</summary>
    public EffectKind[] Kinds { get; }

    /// <summary>Whether each, completed or not, is possible in every state and leaves the same state behind.</summary>
    public bool[] Overwrites { get; }

    /// <summary>The number of each one's call in <see cref="Calls"/>.</summary>
    public int[] Classes { get; }

    /// <summary>The different calls.</summary>
    public Call[] Calls { get; }

    /// <summary>Each one's place in the order of returns; that of its call, from the back, if it never returns.</summary>
    public int[] ReturnRanks { get; }

    /// <summary>Calls and returns in their order: an operation's number for its call, and the complement for its return.</summary>
    public int[] Events { get; }

    private static EffectKind KindOf(JudgedOperation judged, Model model)
    {
        if (!judged.IsCompleted) return EffectKind.Unknown;
        if (judged.Outcome == CallOutcome.Mismatched || model.IsRead(judged.Operation)) return EffectKind.Read;
        return model.Overwrites(judged.Operation) ? EffectKind.Overwrite : EffectKind.Other;
    }

    private int[] ListEvents(Part part, ReadOnlySpan<JudgedOperation> operations)
    {
        int[] returning = part.CompletedByReturn();
        Array.Fill(ReturnRanks, int.MaxValue);
        for (int rank = 0; rank < returning.Length; rank++) ReturnRanks[returning[rank]] = rank;
        var events = new int[Count + returning.Length];
        int next = 0;
        int returned = 0;
        for (int i = 0; i < Count; i++)
        {
            for (; returned < returning.Length && operations[returning[returned]].Operation.ReturnIndex < operations[i].Operation.InvokeIndex; returned++)
                events[next++] = ~returning[returned];
            events[next++] = i;
        }

        for (; returned < returning.Length; returned++) events[next++] = ~returning[returned];
        return events;
    }
}
