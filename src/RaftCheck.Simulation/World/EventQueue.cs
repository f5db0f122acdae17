namespace RaftCheck.Simulation.World;

/// <summary>
/// What will happen, by virtual time; at equal times, in the order in which it was added. A heap of our own, because it is
/// the world's busiest place: keys and events in one array, four children to a node.
/// </summary>
internal sealed class EventQueue
{
    /// <summary>Bits of the key that tell events of one microsecond apart: room for 2^27 events a run.</summary>
    private const int SequenceBits = 27;

    private const int Children = 4;

    private (long Key, ITimedEvent Event)[] heap = new (long, ITimedEvent)[256];
    private int count;
    private long sequence;

    public bool IsEmpty => count == 0;

    /// <summary>When the next event happens; <see cref="long.MaxValue"/> if there is none.</summary>
    public long NextTimeUs => count == 0 ? long.MaxValue : heap[0].Key >> SequenceBits;

    public void Add(long timeUs, ITimedEvent timed)
    {
        if (sequence >= 1L << SequenceBits)
        {
            throw new InvalidOperationException("The run has more events than its queue can tell apart.");
        }

        if (count == heap.Length)
        {
            Array.Resize(ref heap, count * 2);
        }

        MoveUp(count++, ((timeUs << SequenceBits) | sequence++, timed));
    }

    public ITimedEvent Take()
    {
        var first = heap[0].Event;
        var last = heap[--count];
        heap[count] = default;
        if (count > 0)
        {
            MoveDown(last);
        }

        return first;
    }

    private void MoveUp(int hole, (long Key, ITimedEvent Event) item)
    {
        var items = heap;
        while (hole > 0)
        {
            var parent = (hole - 1) / Children;
            if (items[parent].Key < item.Key)
            {
                break;
            }

            items[hole] = items[parent];
            hole = parent;
        }

        items[hole] = item;
    }

    private void MoveDown((long Key, ITimedEvent Event) item)
    {
        var items = heap;
        var hole = 0;
        while (true)
        {
            var first = (hole * Children) + 1;
            if (first >= count)
            {
                break;
            }

            var smallest = first;
            var end = Math.Min(first + Children, count);
            for (var child = first + 1; child < end; child++)
            {
                if (items[child].Key < items[smallest].Key)
                {
                    smallest = child;
                }
            }

            if (item.Key < items[smallest].Key)
            {
                break;
            }

            items[hole] = items[smallest];
            hole = smallest;
        }

        items[hole] = item;
    }
}
