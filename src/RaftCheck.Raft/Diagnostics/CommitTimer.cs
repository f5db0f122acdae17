namespace RaftCheck.Raft.Diagnostics;

/// <summary>
/// Remembers when a leader appended the entries that are not committed yet. Used under the node's lock only. It is
/// bounded: what is appended while it is full is not timed.
/// </summary>
internal sealed class CommitTimer
{
    /// <summary>How many entries are timed at once.</summary>
    public const int Capacity = 65_536;

    private readonly Queue<(LogIndex Index, TimeSpan At)> pending = new();

    public void Appended(LogIndex index, TimeSpan now)
    {
        if (pending.Count < Capacity)
        {
            pending.Enqueue((index, now));
        }
    }

    /// <summary>Takes the oldest entry that is committed now.</summary>
    /// <param name="commitIndex">The commit index.</param>
    /// <param name="appendedAt">When the entry was appended.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTakeCommitted(LogIndex commitIndex, out TimeSpan appendedAt)
    {
        appendedAt = default;
        if (!pending.TryPeek(out var oldest) || oldest.Index > commitIndex)
        {
            return false;
        }

        appendedAt = oldest.At;
        pending.Dequeue();
        return true;
    }

    /// <summary>The leadership has ended: what becomes of its entries is the next leader's matter.</summary>
    public void Clear() => pending.Clear();
}
