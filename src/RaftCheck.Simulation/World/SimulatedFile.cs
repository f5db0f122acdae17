namespace RaftCheck.Simulation.World;

/// <summary>
/// One file: what a reader sees now, and which of it a crash leaves. Changes are numbered; a flush that was begun at some
/// version makes durable what was there at that version.
/// </summary>
internal sealed class SimulatedFile
{
    private byte[] bytes = new byte[256];
    private int length;

    /// <summary>The changes that are not durable yet, oldest first: lengths only ever grow within an append.</summary>
    private readonly Queue<Change> unflushed = [];

    private int durableLength;

    /// <summary>What a truncation that is not durable yet has cut off: a crash may bring it back.</summary>
    private byte[] cutOff = [];

    private readonly record struct Change(long Version, int LengthBefore, int LengthAfter);

    public long Version { get; private set; }

    public ReadOnlyMemory<byte> Content => bytes.AsMemory(0, length);

    public void Append(ReadOnlySpan<byte> added)
    {
        if (length + added.Length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + added.Length));
        }

        added.CopyTo(bytes.AsSpan(length));
        Record(length + added.Length);
    }

    public void Truncate(int newLength)
    {
        if (newLength > length)
        {
            throw new ArgumentOutOfRangeException(nameof(newLength), newLength, $"The file has only {length} bytes.");
        }

        if (newLength < durableLength)
        {
            cutOff = bytes.AsSpan(newLength, durableLength - newLength).ToArray();
            durableLength = newLength;
        }

        Record(newLength);
    }

    public void Flush(long version)
    {
        while (unflushed.TryPeek(out var change) && change.Version <= version)
        {
            unflushed.Dequeue();
            durableLength = Math.Min(change.LengthAfter, length);
            if (change.LengthAfter <= change.LengthBefore)
            {
                cutOff = [];
            }
        }
    }

    /// <returns>Whether anything was lost.</returns>
    public bool Crash(Prng random)
    {
        var lost = false;
        if (cutOff.Length > 0 && random.Next(2) == 0)
        {
            // The truncation itself was not durable.
            length = durableLength;
            Append(cutOff);
            lost = true;
        }
        else if (length > durableLength)
        {
            var tail = length - durableLength;
            var kept = random.Next(3) switch
            {
                0 => 0,
                1 => tail,
                _ => random.Next(tail + 1),
            };
            lost = kept < tail;
            length = durableLength + kept;
        }

        // What survived the crash is on the disk from now on.
        unflushed.Clear();
        cutOff = [];
        durableLength = length;
        return lost;
    }

    private void Record(int newLength)
    {
        Version++;
        unflushed.Enqueue(new Change(Version, length, newLength));
        length = newLength;
    }
}
