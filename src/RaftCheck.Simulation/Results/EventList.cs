using System.Collections;

namespace RaftCheck.Simulation.Results;

/// <summary>
/// A list that only grows, in pieces: one array of a whole run's events would be so large that the garbage collector
/// treats it as long-lived, and collects everything to be rid of it.
/// </summary>
internal sealed class EventList : IReadOnlyList<TraceEvent>
{
    private const int PieceBits = 10;
    private const int PieceLength = 1 << PieceBits;

    private readonly List<TraceEvent[]> pieces = [];
    private TraceEvent[] last = [];
    private int used;

    public int Count { get; private set; }

    public TraceEvent this[int index] => pieces[index >> PieceBits][index & (PieceLength - 1)];

    public void Add(in TraceEvent added)
    {
        if (used == last.Length)
        {
            pieces.Add(last = new TraceEvent[PieceLength]);
            used = 0;
        }

        last[used++] = added;
        Count++;
    }

    public IEnumerator<TraceEvent> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
