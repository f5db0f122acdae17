namespace RaftCheck.Linearizability;

/// <summary>
/// The reads of a collection that only grows, each of which must have found all that a smaller one did. Taking one in costs
/// no more than its own length. For one thread.
/// </summary>
internal interface IReadChain
{
    /// <summary>
    /// Takes in one more read; <see langword="null"/> if it agrees with all before it, or else those that disagree with one
    /// another whatever the times.
    /// </summary>
    /// <param name="read">Which one.</param>
    /// <param name="items">What it found.</param>
    /// <param name="print">What <see cref="GrowthHistory.PrintOf"/> gives for it, together.</param>
    int[]? Disagreement(int read, ReadOnlySpan<Value> items, out ulong print);

    /// <summary>How many elements a read has found.</summary>
    int PlaceOf(int read);

    /// <summary>Fills in how many elements the smallest read has found that found an element, for those that one did.</summary>
    void Places(int[] places);
}
