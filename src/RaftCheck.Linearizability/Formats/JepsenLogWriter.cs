using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>
/// Writes histories as Jepsen prints them to the console. The header, if one is needed, is a line of ours that other readers
/// skip.
/// </summary>
internal static class JepsenLogWriter
{
    /// <summary>Writes a history.</summary>
    /// <exception cref="HistoryFormatException">An event has a key, or another thing that the log has no place for.</exception>
    public static void Write(History history, TextWriter writer, string? model)
    {
        var line = new StringBuilder();
        if (EdnWriter.NeedsHeader(history, HistoryFormats.JepsenLog, model))
        {
            line.Append(JepsenLogReader.HeaderMark);
            EdnWriter.AppendHeader(line, history, HistoryFormats.JepsenLog, model);
            line.Append('\n');
        }

        foreach (HistoryEvent e in history.Events)
        {
            line.Append("INFO  ").Append(JepsenLogReader.Marker).Append(" - ");
            if (e.IsNemesis) AppendNemesis(line, e);
            else AppendEvent(line, e);
            line.Append('\n');
            writer.Write(line);
            line.Clear();
        }

        writer.Write(line);
    }

    private static void AppendEvent(StringBuilder line, HistoryEvent e)
    {
        if (e.Key is not null) throw CannotExpress(e, "a key");
        if (e.F.Length == 0 || e.F[0] == ':' || e.F.Any(char.IsWhiteSpace) || !EdnText.IsUnicode(e.F)) throw CannotExpress(e, $"the operation {ValuePrinter.Quote(OneLine.Shorten(e.F))}");
        line.Append(e.Process).Append("\t:").Append(EventsBuilder.NameOf(e.Type)).Append("\t:").Append(e.F).Append('\t');
        if (e.Type is EventType.Invoke or EventType.Ok)
        {
            if (e.Value.Kind == ValueKind.Literal && char.IsAsciiLetter(e.Value.AsText[0])) throw CannotExpress(e, $"the value {e.Value}");
            line.Append(EdnText.Of(e));
            return;
        }

        // A keyword alone would be taken for the error; and the value is of no consequence here.
        line.Append(e.Error is null && e.Value.Kind == ValueKind.Keyword ? "nil" : EdnText.Of(e));
        if (e.Error is not null) line.Append('\t').Append(EdnText.OfName(e.Error));
    }

    private static void AppendNemesis(StringBuilder line, HistoryEvent e)
    {
        string f = string.Concat(e.F.Select(static c => char.IsWhiteSpace(c) ? '-' : c));
        line.Append(JepsenLogReader.Nemesis).Append("\t:").Append(EventsBuilder.NameOf(e.Type)).Append("\t:").Append(f).Append('\t').Append(EdnText.Of(e));
    }

    private static HistoryFormatException CannotExpress(HistoryEvent e, string what) =>
        new($"event {e.Index}: Jepsen's log has no place for {what}");
}
