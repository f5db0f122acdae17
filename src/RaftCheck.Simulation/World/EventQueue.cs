namespace RaftCheck.Simulation.World;

/// <summary>What will happen, by virtual time; at equal times, in the order in which it was added.</summary>
internal sealed class EventQueue
{
    /// <summary>Bits of the priority that tell events of one microsecond apart: room for 2^27 events a run.</summary>
    private const int SequenceBits = 27;

    private readonly PriorityQueue<Action, long> queue = new(256);
    private long sequence;

    public bool IsEmpty => queue.Count == 0;

    public long NextTimeUs => queue.TryPeek(out _, out var priority) ? priority >> SequenceBits : long.MaxValue;

    public void Add(long timeUs, Action action)
    {
        if (sequence >= 1L << SequenceBits)
        {
            throw new InvalidOperationException("The run has more events than its queue can tell apart.");
        }

        queue.Enqueue(action, (timeUs << SequenceBits) | sequence++);
    }

    public Action Take() => queue.Dequeue();
}
