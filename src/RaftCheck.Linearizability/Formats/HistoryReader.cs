namespace RaftCheck.Linearizability;

/// <summary>Reads histories; finds out their format from their content. Safe to call from any number of threads.</summary>
public static class HistoryReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ct">Gives it up.</param>
    /// <exception cref="HistoryFormatException">
    /// The content is not a history, or there is more than half a gibibyte of it. Nothing else is thrown for bad content, and the message is one line.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a directory.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static RecordedHistory Read(string path, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(BoundedFile.Read(path, SourceText.SizeBytesMax), Path.GetFileName(path), ct);
    }

    /// <summary>Reads a file's content.</summary>
    /// <param name="content">The bytes, in UTF-8.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="ct">Gives it up.</param>
    /// <exception cref="HistoryFormatException">The content is not a history.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static RecordedHistory Parse(ReadOnlySpan<byte> content, string name, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (content.Length > SourceText.SizeBytesMax) throw BoundedFile.TooBig(name, content.Length, SourceText.SizeBytesMax);
        ReadOnlySpan<byte> rest = content;
        SourceText source = SourceText.DecodeLines(name, ref rest, before: null);
        string? format = string.IsNullOrWhiteSpace(source.Text) ? null : Detect(source);
        if (format != HistoryFormats.JsonLines && rest.Length > 0)
        {
            // The other formats are not read line by line.
            source = SourceText.Decode(name, content);
            rest = [];
        }

        format ??= Detect(source);
        var events = new EventsBuilder(source, ct);
        HistoryHeader? header = format switch
        {
            HistoryFormats.JsonLines => JsonLinesReader.Read(source, rest, name, events),
            HistoryFormats.Edn => EdnHistoryReader.Read(source, events),
            _ => JepsenLogReader.Read(source, events),
        };
        return new RecordedHistory(events.Build(header?.NilReads ?? HistoryFormats.NilReadsOf(format)), format, header?.Model);
    }

    private static string Detect(SourceText source)
    {
        string text = source.Text;
        int start = 0;
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] == ',')) start++;
        if (start == text.Length) throw source.Error(0, "the file is empty");
        if (text[start] == '{')
        {
            // EDN's keys are keywords, JSON's are strings. A file torn right behind its first brace may be either.
            return Next(text, start + 1) is (_, '"') ? HistoryFormats.JsonLines : HistoryFormats.Edn;
        }

        if (text[start] == '[' && Next(text, start + 1) is (int brace, '{') && Next(text, brace + 1) is (_, '"'))
            throw source.Error(start, "this is a JSON array; a history is one JSON object a line, without an array around them");
        // A log may start with the name of a thread, in brackets.
        bool isThread = text[start] == '[' && start + 1 < text.Length && char.IsAsciiLetterOrDigit(text[start + 1]);
        if (isThread && text.Contains(JepsenLogReader.Marker, StringComparison.Ordinal)) return HistoryFormats.JepsenLog;
        return text[start] is '[' or '(' or ';' or '#' ? HistoryFormats.Edn : HistoryFormats.JepsenLog;
    }

    /// <summary>The first character from a place on that is not blank; NUL at the text's end.</summary>
    private static (int At, char Char) Next(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return (at, at < text.Length ? text[at] : '\0');
    }
}
