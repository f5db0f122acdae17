using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>
/// Writes histories in the formats that <see cref="HistoryReader"/> reads, so that what is read back has the same verdict
/// under every model. The same history gives the same bytes, on every machine. Safe to call from any number of threads.
/// </summary>
public static class HistoryWriter
{
    /// <summary>
    /// Writes a history. JSON Lines and EDN keep every event as it is. Jepsen's log has no place for indices, times, positions
    /// in a log, and errors of the nemesis, and leaves them out.
    /// </summary>
    /// <param name="history">The history.</param>
    /// <param name="stream">Where to, in UTF-8 without a byte order mark. It is left open.</param>
    /// <param name="format">One of <see cref="HistoryFormats"/>.</param>
    /// <param name="model">The model to judge the history by, for the header; <see langword="null"/> for none.</param>
    /// <exception cref="HistoryFormatException">
    /// The format cannot express an event: a key in Jepsen's log, say. Part of the history may have been written.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(History history, Stream stream, string format, string? model = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
        switch (format)
        {
            case HistoryFormats.JsonLines: JsonLinesWriter.Write(history, writer, model); break;
            case HistoryFormats.Edn: EdnWriter.Write(history, writer, model); break;
            case HistoryFormats.JepsenLog: JepsenLogWriter.Write(history, writer, model); break;
            default: throw new ArgumentException($"There is no format '{format}'.", nameof(format));
        }
    }
}
