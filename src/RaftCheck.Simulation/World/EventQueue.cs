namespace RaftCheck.Simulation.World;

/// <summary>
/// What will happen, by virtual time; at equal times, in the order in which it was added. A heap of our own, because it is
/// the world's busiest place: four children to a node, and only numbers in it, because each move of a reference would
/// cost the collector's write barrier.
/// </summary>
internal sealed class EventQueue
{
    /// <summary>Bits of the key that tell events of one microsecond apart: room for 2^27 events a run.</summary>
    private const int SequenceBits = 27;

    private const int Children = 4;

    private Entry[] heap = new Entry[128];
    private ITimedEvent?[] events = new ITimedEvent?[128];
    private int[] freeSlots = new int[128];
    private int freeCount;
    private int slotCount;
    private int count;
    private long sequence;

    private readonly record struct Entry(long Key, int Slot);

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
            Array.Resize(ref events, count * 2);
            Array.Resize(ref freeSlots, count * 2);
        }

        var slot = freeCount > 0 ? freeSlots[--freeCount] : slotCount++;
        events[slot] = timed;
        MoveUp(count++, new Entry((timeUs << SequenceBits) | sequence++, slot));
    }

    public ITimedEvent Take()
    {
        var slot = heap[0].Slot;
        var first = events[slot]!;
        events[slot] = null;
        freeSlots[freeCount++] = slot;
        if (--count > 0)
        {
            MoveDown(heap[count]);
        }

        return first;
    }

    private void MoveUp(int hole, Entry item)
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

    private void MoveDown(Entry item)
    {
        var items = heap.AsSpan(0, count);
        var hole = 0;
        while (true)
        {
            var first = (hole * Children) + 1;
            if (first >= items.Length)
            {
                break;
            }

            var children = items.Slice(first, Math.Min(Children, items.Length - first));
            var smallest = 0;
            for (var child = 1; child < children.Length; child++)
            {
                if (children[child].Key < children[smallest].Key)
                {
                    smallest = child;
                }
            }

            if (item.Key < children[smallest].Key)
            {
                break;
            }

            items[hole] = children[smallest];
            hole = first + smallest;
        }

        items[hole] = item;
    }
}
