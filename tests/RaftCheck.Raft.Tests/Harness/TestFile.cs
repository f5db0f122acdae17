namespace RaftCheck.Raft.Tests.Harness;

/// <summary>A file in memory: what a reader finds, what is durable, and the changes in between, oldest first.</summary>
internal sealed class TestFile
{
    private readonly List<Change> unflushed = [];

    /// <summary>Bytes that were appended; or, if there are none, the length that the file was cut to.</summary>
    private readonly record struct Change(byte[]? Appended, int CutTo)
    {
        public byte[] ApplyTo(byte[] content) => Appended is null ? content[..CutTo] : [.. content, .. Appended];
    }

    /// <summary>What a reader finds in the file while the machine runs.</summary>
    public byte[] Content { get; private set; } = [];

    /// <summary>What is certain to be there after a power failure.</summary>
    public byte[] Durable { get; private set; } = [];

    public int UnflushedBytes => unflushed.Sum(change => change.Appended?.Length ?? 0);

    public void Append(byte[] bytes) => Make(new Change(bytes, 0));

    public void Truncate(int length) => Make(new Change(null, length));

    /// <summary>Begins a flush: of what was there now. The result ends it.</summary>
    public Action BeginFlush()
    {
        var changes = unflushed.ToList();
        return () =>
        {
            foreach (var change in changes.Where(unflushed.Remove))
            {
                Durable = change.ApplyTo(Durable);
            }
        };
    }

    /// <summary>Makes everything durable as if it had been so for ever, whatever is in it.</summary>
    public void Set(byte[] bytes)
    {
        unflushed.Clear();
        (Content, Durable) = (bytes, bytes);
    }

    public TestFile Clone()
    {
        var clone = new TestFile { Content = Content, Durable = Durable };
        clone.unflushed.AddRange(unflushed);
        return clone;
    }

    /// <summary>What is left after a power failure, if so many of the appended bytes have reached the disk.</summary>
    public byte[] AfterPowerFailure(ref int unflushedBytesKept)
    {
        var left = Durable;
        foreach (var change in unflushed)
        {
            if (unflushedBytesKept == 0)
            {
                break;
            }

            var kept = Math.Min(unflushedBytesKept, change.Appended?.Length ?? 0);
            unflushedBytesKept -= kept;
            left = change.Appended is null ? change.ApplyTo(left) : [.. left, .. change.Appended[..kept]];
        }

        return left;
    }

    /// <summary>
    /// What is left after a power failure at random: some of the changes, and of the next one, if it was an append, anything:
    /// it is as long as it got, and its sectors were written in any order.
    /// </summary>
    public byte[] AfterPowerFailure(Random random)
    {
        const int sector = 16;
        var kept = random.Next(unflushed.Count + 1);
        var left = unflushed.Take(kept).Aggregate(Durable, (content, change) => change.ApplyTo(content));
        if (kept == unflushed.Count || unflushed[kept].Appended is not { } appended)
        {
            return left;
        }

        var torn = appended[..random.Next(appended.Length + 1)];
        for (var at = 0; at < torn.Length && random.Next(2) == 0; at += sector * (1 + random.Next(8)))
        {
            torn.AsSpan(at, Math.Min(sector, torn.Length - at)).Fill((byte)random.Next(2));
        }

        return [.. left, .. torn];
    }

    private void Make(Change change)
    {
        Content = change.ApplyTo(Content);
        unflushed.Add(change);
    }
}
