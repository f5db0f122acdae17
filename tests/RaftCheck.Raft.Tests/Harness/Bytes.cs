namespace RaftCheck.Raft.Tests.Harness;

/// <summary>Keeps what was written.</summary>
internal sealed class MemorySink : IByteSink
{
    private readonly List<byte> written = [];

    public byte[] Written => [.. written];

    /// <summary>How many bytes each call brought.</summary>
    public List<int> Pieces { get; } = [];

    public Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        written.AddRange(bytes.ToArray());
        Pieces.Add(bytes.Length);
        return Task.CompletedTask;
    }
}

/// <summary>Gives bytes, a few at a time: what it gives is valid until the next call only, as the seam allows.</summary>
internal sealed class MemorySource(byte[] bytes, int atOnce = int.MaxValue) : IByteSource
{
    private byte[] given = [];

    /// <summary>How many bytes have been taken.</summary>
    public int Taken { get; private set; }

    public Task<ReadOnlyMemory<byte>> ReadAsync(int atMost)
    {
        Assert.True(atMost >= 1, "Nothing was asked for.");
        Array.Fill(given, (byte)0xEE);
        var count = Math.Min(Math.Min(atMost, atOnce), bytes.Length - Taken);
        given = bytes[Taken..(Taken + count)];
        Taken += count;
        return Task.FromResult<ReadOnlyMemory<byte>>(given);
    }
}
