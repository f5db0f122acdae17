using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace RaftCheck.Raft.Snapshots;

/// <summary>
/// Writes numbers, bytes and texts to a sink, in large pieces: little-endian numbers, and UTF-8 behind its length in
/// bytes. What was written waits in memory for <see cref="DrainAsync"/>, between two records. Used by one activity.
/// </summary>
internal sealed class ByteSinkWriter(IByteSink sink)
{
    /// <summary>How many bytes are worth a call of the sink.</summary>
    public const int PieceBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> waiting = new();

    public void WriteByte(byte value)
    {
        waiting.GetSpan(sizeof(byte))[0] = value;
        waiting.Advance(sizeof(byte));
    }

    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(waiting.GetSpan(sizeof(int)), value);
        waiting.Advance(sizeof(int));
    }

    public void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(waiting.GetSpan(sizeof(long)), value);
        waiting.Advance(sizeof(long));
    }

    /// <summary>Writes the bytes as they are; whoever reads them knows how many there are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => waiting.Write(bytes);

    public void WriteText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteInt32(length);
        Encoding.UTF8.GetBytes(text, waiting.GetSpan(length));
        waiting.Advance(length);
    }

    /// <summary>Hands over what waits, if it is worth a call. Memory holds little more than one record of the caller.</summary>
    public Task DrainAsync() => waiting.WrittenCount < PieceBytes ? Task.CompletedTask : FlushAsync();

    /// <summary>Hands over all that waits.</summary>
    public async Task FlushAsync()
    {
        if (waiting.WrittenCount > 0)
        {
            await sink.WriteAsync(waiting.WrittenMemory);
            waiting.ResetWrittenCount();
        }
    }
}
