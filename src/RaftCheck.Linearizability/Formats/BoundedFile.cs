using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>Reads files whole, but none that is too big: that is found out before it is in memory.</summary>
internal static class BoundedFile
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>The bytes of a file.</summary>
    /// <param name="path">The file; a pipe or a device too, which do not say how long they are.</param>
    /// <param name="limitBytes">The most that it may have.</param>
    /// <exception cref="HistoryFormatException">It has more.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static ReadOnlySpan<byte> Read(string path, int limitBytes)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        long length = stream.CanSeek ? stream.Length : 0;
        if (length > limitBytes) throw TooBig(path, length, limitBytes);

        // One byte more than there should be, to see the end without another buffer.
        var bytes = new byte[length > 0 ? length + 1 : ChunkBytes];
        int count = 0;
        while (true)
        {
            int read = stream.Read(bytes, count, bytes.Length - count);
            if (read == 0) return bytes.AsSpan(0, count);
            count += read;
            if (count > limitBytes) throw TooBig(path, null, limitBytes);
            if (count == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(2L * count, limitBytes + 1L));
        }
    }

    /// <summary>The error of a file that is too big.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its length in bytes; <see langword="null"/> when all that is known is that it has more than the limit.</param>
    /// <param name="limitBytes">The limit.</param>
    public static HistoryFormatException TooBig(string path, long? length, int limitBytes)
    {
        string has = length is long bytes ? string.Create(CultureInfo.InvariantCulture, $"has {bytes:N0} bytes, ") : "has ";
        return new HistoryFormatException(Path.GetFileName(path), 1, 1, string.Create(CultureInfo.InvariantCulture, $"the file {has}more than the {limitBytes:N0} that can be read"));
    }
}
