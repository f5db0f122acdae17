using System.Buffers.Binary;
using System.Text;

namespace RaftCheck.Raft.Snapshots;

/// <summary>
/// Reads what <see cref="ByteSinkWriter"/> wrote, from a source that may give as little as one byte at a time.
/// It reads ahead, but never past its limit: what follows there belongs to somebody else. Used by one activity.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="limit">How many bytes of it may be read; 0 or more.</param>
internal sealed class ByteSourceReader(IByteSource source, long limit = long.MaxValue)
{
    private const int PieceBytes = 16 * 1024;

    private byte[] buffer = new byte[Math.Min(limit, PieceBytes)];
    private long unread = limit;
    private int start;
    private int end;

    /// <summary>How many bytes may still be read, if the source has them.</summary>
    public long Remaining => unread + (end - start);

    /// <summary>Waits until so many bytes are there; they can then be read without waiting.</summary>
    /// <exception cref="FormatException">The source, or what may be read of it, ends before.</exception>
    public Task EnsureAsync(int count) => end - start >= count ? Task.CompletedTask : FillAsync(count);

    /// <summary>Whether the source has ended, or the limit is reached.</summary>
    public async Task<bool> IsAtEndAsync() => start == end && !await TryReadMoreAsync();

    public byte ReadByte() => Take(sizeof(byte))[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>A copy of the next bytes.</summary>
    /// <exception cref="FormatException">There are not so many.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadBytesAsync(int count)
    {
        await EnsureLengthAsync(count);
        return Take(count).ToArray();
    }

    /// <exception cref="FormatException">There is no whole text.</exception>
    public async Task<string> ReadTextAsync()
    {
        await EnsureAsync(sizeof(int));
        var length = ReadInt32();
        await EnsureLengthAsync(length);
        return Encoding.UTF8.GetString(Take(length));
    }

    private Task EnsureLengthAsync(int length) =>
        length >= 0 ? EnsureAsync(length) : throw new FormatException($"The snapshot holds a length of {length} bytes.");

    private async Task FillAsync(int count)
    {
        while (end - start < count)
        {
            if (!await TryReadMoreAsync())
            {
                throw new FormatException("The snapshot ends early.");
            }
        }
    }

    private async Task<bool> TryReadMoreAsync()
    {
        MakeRoom();
        var atMost = (int)Math.Min(buffer.Length - end, unread);
        if (atMost == 0)
        {
            return false;
        }

        var bytes = await source.ReadAsync(atMost);
        bytes.CopyTo(buffer.AsMemory(end));
        end += bytes.Length;
        unread -= bytes.Length;
        return bytes.Length > 0;
    }

    /// <summary>The buffer grows only with bytes that have arrived, never by a length that was merely read.</summary>
    private void MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, Array.MaxLength));
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = buffer.AsSpan(start, count);
        start += count;
        return taken;
    }
}
