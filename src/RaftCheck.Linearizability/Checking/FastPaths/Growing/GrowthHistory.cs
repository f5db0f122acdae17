using System.Runtime.InteropServices;

namespace RaftCheck.Linearizability;

/// <summary>
/// The operations of a collection that only grows, as numbers. Operations are numbered as in their part, elements in the
/// order of their adds. Times are the indices of events; what the collection holds at first was put in before all of them.
/// Immutable once built.
/// </summary>
internal sealed class GrowthHistory
{
    /// <summary>What stands for no operation.</summary>
    public const int None = -1;

    /// <summary>A time that never comes, and the place of an element that no read has found.</summary>
    public const int Never = int.MaxValue;

    /// <summary>A time before everything.</summary>
    public const int BeforeAll = int.MinValue;

    private readonly Dictionary<Value, int> _numbers;
    private readonly int[] _initialOf;

    private GrowthHistory(Part part, Value initial, bool isOrdered)
    {
        int count = part.Operations.Count;
        _numbers = new Dictionary<Value, int>(count);
        IsOrdered = isOrdered;
        ByReturn = part.CompletedByReturn();
        (Calls, Returns, Expires, Elements, Places) = (new int[count], new int[count], new int[count], new int[count], new int[count]);
        (Kinds, AreNew, Prints) = (new GrowthCallKind[count], new bool?[count], new ulong[count]);
        Array.Fill(Expires, Never);
        _initialOf = [.. initial.Items.ToArray().Select(NumberOf)];
    }

    /// <summary>Whether the order of the elements shows.</summary>
    public bool IsOrdered { get; }

    /// <summary>When each operation was called.</summary>
    public int[] Calls { get; }

    /// <summary>When each returned; <see cref="Never"/> if it did not.</summary>
    public int[] Returns { get; }

    /// <summary>When each has taken effect, if it has at all.</summary>
    public int[] Expires { get; }

    /// <summary>What each does.</summary>
    public GrowthCallKind[] Kinds { get; }

    /// <summary>What each is about, if it is about one element.</summary>
    public int[] Elements { get; }

    /// <summary>Whether each said to be the first that adds its element.</summary>
    public bool?[] AreNew { get; }

    /// <summary>Of each read: how many elements it found, which is its place among the reads.</summary>
    public int[] Places { get; }

    /// <summary>Of each read: what <see cref="PrintOf"/> gives for all that it found, together.</summary>
    public ulong[] Prints { get; }

    /// <summary>The completed operations in the order of their returns.</summary>
    public int[] ByReturn { get; private set; }

    /// <summary>How many elements there are.</summary>
    public int ElementCount => _numbers.Count;

    /// <summary>The elements that are there at first.</summary>
    public ReadOnlySpan<int> Initially => _initialOf;

    /// <summary>Of each element: the <see cref="Places"/> of the smallest read that found it; <see cref="Never"/> if none did.</summary>
    public int[] FoundAt { get; private set; } = [];

    /// <summary>The elements, those that were found by smaller reads first.</summary>
    public int[] ElementsByPlace { get; private set; } = [];

    /// <summary>The reads, the smaller ones first.</summary>
    public int[] ReadsByPlace { get; private set; } = [];

    /// <summary>
    /// Which return, by its place in <see cref="ByReturn"/>, is the first of a read that does not agree with those before
    /// it, whatever the times; the number of returns if they all agree. Nothing is known of the reads from there on.
    /// </summary>
    public int DisagreesAt { get; private set; }

    /// <summary>The operations that disagree there.</summary>
    public int[] Disagreeing { get; private set; } = [];

    /// <summary>
    /// The operations in these terms; <see langword="null"/> if one of them does something else, or if it matters how often
    /// an element was added and one was more than once.
    /// </summary>
    /// <param name="part">The operations.</param>
    /// <param name="model">Their model.</param>
    /// <param name="nilReads">What a read of nil says.</param>
    /// <param name="budget">What this may spend.</param>
    /// <param name="isKept">
    /// Which operations must have ended as they did, if not all of them: of the others those that add may or may not have
    /// taken effect between their call and their return.
    /// </param>
    /// <exception cref="SpentException">Something ran out.</exception>
    public static GrowthHistory? TryBuild(Part part, Model model, NilRead nilReads, Budget budget, bool[]? isKept = null)
    {
        var growing = (IGrowing)model;
        var history = new GrowthHistory(part, model.Initial, growing.IsOrdered);
        if (growing.IsOrdered && history.ElementCount < model.Initial.Items.Length) return null;
        var adds = new List<int>(new int[history.ElementCount]);
        var found = new Value?[part.Operations.Count];
        ReadOnlySpan<JudgedOperation> operations = CollectionsMarshal.AsSpan(part.Operations);
        for (int i = 0; i < operations.Length; i++)
        {
            budget.RequireStep();
            bool isFree = isKept is not null && !isKept[i];
            JudgedOperation judged = isFree ? operations[i] with { Outcome = CallOutcome.Unknown } : operations[i];
            if (growing.AsGrowthCall(SearchInput.CallOf(judged, nilReads)) is not GrowthCall call) return null;
            history.Take(i, judged, call);
            if (isFree) history.Expires[i] = ExpiryOf(judged.Operation);
            if (call.Kind == GrowthCallKind.Read) found[i] = call.Element;
            if (call.Kind != GrowthCallKind.Add) continue;
            int element = history.Elements[i];
            while (adds.Count <= element) adds.Add(0);
            bool isAlone = adds[element]++ == 0 && !(growing.IsOrdered && element < history._initialOf.Length);
            // Which of several it was matters if the first of them may have come too late to be it.
            if (!isAlone && (growing.IsOrdered || isKept is not null)) return null;
        }

        if (isKept is not null) history.ByReturn = Array.FindAll(history.ByReturn, position => isKept[position]);
        history.Read(found, budget);
        return history;
    }

    /// <summary>The number of an element, a new one if it was not spoken of so far.</summary>
    public int NumberOf(Value element)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, element, out bool isKnown);
        if (!isKnown) number = _numbers.Count - 1;
        return number;
    }

    /// <summary>
    /// A number that adds up, over all elements of a read, to one that no other read has by accident.
    /// </summary>
    /// <param name="element">The element.</param>
    /// <param name="before">How many are before it; of no importance if there is no order.</param>
    public ulong PrintOf(int element, int before) => StableHash.Add(StableHash.Add(StableHash.Seed, (ulong)element), IsOrdered ? (ulong)before : 0);

    private static int ExpiryOf(Operation operation) => operation.IsIndeterminate ? Never : operation.ReturnIndex ?? Never;

    private void Take(int i, JudgedOperation judged, GrowthCall call)
    {
        Calls[i] = judged.Operation.InvokeIndex;
        Returns[i] = judged.IsCompleted ? judged.Operation.ReturnIndex ?? Never - 1 : Never;
        Kinds[i] = call.Kind;
        AreNew[i] = call.IsNew;
        if (call.Kind is GrowthCallKind.Add or GrowthCallKind.Has or GrowthCallKind.HasNot) Elements[i] = NumberOf(call.Element);
    }

    /// <summary>Puts the reads in the one order that is possible, up to the first for which there is none.</summary>
    private void Read(Value?[] found, Budget budget)
    {
        IReadChain chain = IsOrdered ? new ListReadChain(this, _initialOf) : new SetReadChain(this);
        var reads = new List<int>();
        for (DisagreesAt = 0; DisagreesAt < ByReturn.Length; DisagreesAt++)
        {
            int read = ByReturn[DisagreesAt];
            if (found[read] is not Value value) continue;
            budget.RequireStep();
            if (chain.Disagreement(read, value.Items, out ulong print) is int[] disagreeing)
            {
                Disagreeing = disagreeing;
                break;
            }

            Prints[read] = print;
            reads.Add(read);
        }

        FoundAt = new int[ElementCount];
        Array.Fill(FoundAt, Never);
        chain.Places(FoundAt);
        foreach (int read in reads) Places[read] = chain.PlaceOf(read);
        ElementsByPlace = [.. Enumerable.Range(0, ElementCount).OrderBy(element => FoundAt[element])];
        ReadsByPlace = [.. reads.OrderBy(read => Places[read])];
    }
}
