namespace RaftCheck.Simulation.World;

/// <summary>
/// One file: what a reader sees now, what is durable, and the changes in between, oldest first. A flush makes durable the
/// changes that came before it; a crash keeps some of the others, in their order, the last of them perhaps torn.
/// </summary>
internal sealed class SimulatedFile
{
    private readonly Bytes current = new();
    private readonly Bytes durable = new();
    private readonly Queue<Change> unflushed = [];

    /// <summary>A change: bytes that were appended, or, if there are none, the length that the file was cut to.</summary>
    private readonly record struct Change(long Version, byte[]? Appended, int CutTo);

    /// <summary>The number of the latest change.</summary>
    public long Version { get; private set; }

    public ReadOnlyMemory<byte> Content => current.Content;

    public void Append(ReadOnlySpan<byte> added)
    {
        current.Append(added);
        unflushed.Enqueue(new Change(++Version, added.ToArray(), 0));
    }

    public void Truncate(int length)
    {
        if (length > current.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, $"The file has only {current.Length} bytes.");
        }

        current.Length = length;
        unflushed.Enqueue(new Change(++Version, null, length));
    }

    /// <summary>Makes durable what was there at a version.</summary>
    public void Flush(long version)
    {
        while (unflushed.TryPeek(out var change) && change.Version <= version)
        {
            MakeDurable(unflushed.Dequeue());
        }
    }

    /// <returns>Whether anything was lost.</returns>
    public bool Crash(Prng random)
    {
        if (unflushed.Count == 0)
        {
            return false;
        }

        var kept = UnflushedWrites.Kept(random, unflushed.Count);
        var lost = kept < unflushed.Count;
        for (; kept > 0; kept--)
        {
            MakeDurable(unflushed.Dequeue());
        }

        if (lost && unflushed.Peek().Appended is { } torn && random.Next(2) == 0)
        {
            durable.Append(torn.AsSpan(0, random.Next(torn.Length)));
        }

        unflushed.Clear();
        current.Length = 0;
        current.Append(durable.Content.Span);
        return lost;
    }

    private void MakeDurable(Change change)
    {
        if (change.Appended is { } appended)
        {
            durable.Append(appended);
        }
        else
        {
            durable.Length = change.CutTo;
        }
    }

    /// <summary>Bytes that grow at their end.</summary>
    private sealed class Bytes
    {
        private byte[] bytes = new byte[256];

        public int Length { get; set; }

        public ReadOnlyMemory<byte> Content => bytes.AsMemory(0, Length);

        public void Append(ReadOnlySpan<byte> added)
        {
            if (Length + added.Length > bytes.Length)
            {
                Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + added.Length));
            }

            added.CopyTo(bytes.AsSpan(Length));
            Length += added.Length;
        }
    }
}
