namespace RaftCheck.Linearizability;

/// <summary>
/// Tells whether a prefix of the history of a collection that only grows has an order. The reads leave only one order of
/// themselves, and say between which two of them each element came. So elements and reads fall into blocks that follow one
/// another, while inside a block nobody disturbs anybody; and if each takes the first moment that the blocks before it
/// leave, one that comes too late contradicts the one that it waited for. For one thread.
/// </summary>
internal sealed class GrowthCheck(GrowthHistory history)
{
    private const int None = GrowthHistory.None;
    private const int Never = GrowthHistory.Never;

    // From when on the present block can be, who was the last that it had to wait for, and which read says so, if the
    // one that it had to wait for is not a read itself.
    private int _now;
    private int _nowBy;
    private int _nowSeenBy;

    // The same for the next block.
    private int _next;
    private int _nextBy;

    private int _block;
    private bool _isOfReads;

    /// <summary>What is said of each element alone.</summary>
    public GrowthWindows Windows { get; } = new(history);

    /// <summary>Of each element that must have come: when it did. <see cref="GrowthHistory.Never"/> for the others.</summary>
    public int[] Moments { get; } = new int[history.ElementCount];

    /// <summary>Of each of these: in which block.</summary>
    public int[] Blocks { get; } = new int[history.ElementCount];

    /// <summary>When each read was.</summary>
    public int[] ReadMoments { get; } = new int[history.Calls.Length];

    /// <summary>In which block.</summary>
    public int[] ReadBlocks { get; } = new int[history.Calls.Length];

    /// <summary>Up to which moment things were known in the prefix that was judged last.</summary>
    public int Horizon { get; private set; }

    /// <summary>After a violation: completed operations that contradict each other, whatever else happened.</summary>
    public int[] Culprits { get; private set; } = [];

    /// <summary>
    /// Whether there is an order of what happened up to, and including, that many returns: at most
    /// <see cref="GrowthHistory.DisagreesAt"/>.
    /// </summary>
    /// <param name="returns">How many.</param>
    public bool Holds(int returns)
    {
        Horizon = returns == history.ByReturn.Length ? Never - 1 : returns == 0 ? -1 : history.Returns[history.ByReturn[returns - 1]];
        Windows.Load(Horizon);
        Array.Fill(Moments, Never);
        (_now, _nowBy, _nowSeenBy, _block, _isOfReads) = (GrowthHistory.BeforeAll, None, None, 0, false);
        (_next, _nextBy) = (GrowthHistory.BeforeAll, None);
        int largest = LargestRead();
        int place = 0;
        foreach (int read in history.ReadsByPlace)
        {
            if (history.Returns[read] > Horizon) continue;
            for (; place < history.ElementCount && history.FoundAt[history.ElementsByPlace[place]] <= history.Places[read]; place++)
            {
                if (!TryPlaceElement(history.ElementsByPlace[place], largest)) return false;
            }

            if (!TryPlaceRead(read)) return false;
        }

        for (; place < history.ElementCount; place++)
        {
            if (!TryPlaceElement(history.ElementsByPlace[place], largest)) return false;
        }

        return true;
    }

    private int LargestRead()
    {
        for (int i = history.ReadsByPlace.Length - 1; i >= 0; i--)
        {
            if (history.Returns[history.ReadsByPlace[i]] <= Horizon) return history.ReadsByPlace[i];
        }

        return None;
    }

    private bool TryPlaceElement(int element, int largest)
    {
        bool isFound = largest != None && history.FoundAt[element] <= history.Places[largest];
        if (!isFound && Windows.Until[element] == Never) return true;
        if (_isOfReads) EndBlock(seenBy: None, isOfReads: false);
        int until = Windows.LastMoment(element);
        if (until != Never && Windows.From[element] >= until) return Fail(Windows.Culprits(element));
        if (until != Never && _now >= until) return Fail([_nowBy, _nowSeenBy, Windows.UntilBy[element]]);
        Moments[element] = Math.Max(_now, Windows.From[element]);
        Blocks[element] = _block;
        Await(Windows.From[element], Windows.FromBy[element]);
        if (history.IsOrdered && isFound) EndBlock(seenBy: largest, isOfReads: false);
        return true;
    }

    private bool TryPlaceRead(int read)
    {
        // Between reads of different size there is always an element, so those that follow one another have found the same.
        if (!_isOfReads) EndBlock(seenBy: read, isOfReads: true);
        if (_now >= history.Returns[read]) return Fail([_nowBy, read]);
        ReadMoments[read] = Math.Max(_now, history.Calls[read]);
        ReadBlocks[read] = _block;
        Await(history.Calls[read], read);
        return true;
    }

    private void Await(int moment, int by)
    {
        if (moment > _next) (_next, _nextBy) = (moment, by);
    }

    private void EndBlock(int seenBy, bool isOfReads)
    {
        if (_next > _now) (_now, _nowBy, _nowSeenBy) = (_next, _nextBy, seenBy);
        (_next, _nextBy) = (GrowthHistory.BeforeAll, None);
        _isOfReads = isOfReads;
        _block++;
    }

    private bool Fail(int[] culprits)
    {
        Culprits = [.. culprits.Where(static culprit => culprit != None).Distinct().Order()];
        return false;
    }
}
