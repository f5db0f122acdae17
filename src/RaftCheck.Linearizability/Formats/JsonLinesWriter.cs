using System.Globalization;
using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>
/// Writes histories in our own format: a header, then one JSON object a line, each line ending in <c>\n</c>. The same
/// events give the same bytes, on every machine. Keywords become strings and sets become arrays, since JSON has neither; a
/// <see cref="HistoryWriter"/> keeps them.
/// </summary>
public static class JsonLinesWriter
{
    /// <summary>Writes to a stream, in UTF-8 without a byte order mark. The stream is left open.</summary>
    /// <param name="events">The events, in order.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="model">The model to judge the history by, for the header; <see langword="null"/> for none.</param>
    public static void Write(IEnumerable<HistoryEvent> events, Stream stream, string? model = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        Write(events, writer, model);
    }

    /// <summary>Writes to a writer, whose own line end is not used. It is not flushed.</summary>
    /// <param name="events">The events, in order.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="model">The model to judge the history by, for the header; <see langword="null"/> for none.</param>
    public static void Write(IEnumerable<HistoryEvent> events, TextWriter writer, string? model = null)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(writer);
        IReadOnlyCollection<HistoryEvent> all = events as IReadOnlyCollection<HistoryEvent> ?? [.. events];
        Write(all, writer, new HistoryHeader { Model = model, TimesAreUnordered = !TimesRise(all) });
    }

    /// <summary>
    /// Writes a history so that it reads back as it is: what JSON has no notation for is written as EDN, in strings.
    /// </summary>
    internal static void Write(History history, TextWriter writer, string? model)
    {
        var header = new HistoryHeader
        {
            Model = model,
            NilReads = history.NilReads,
            ValuesAreEdn = history.Events.Any(static e => !JsonText.CanExpress(e.Value)),
            TimesAreUnordered = !TimesRise(history.Events),
        };
        Write(history.Events, writer, header);
    }

    private static void Write(IReadOnlyCollection<HistoryEvent> events, TextWriter writer, HistoryHeader header)
    {
        var line = new StringBuilder();
        AppendHeader(line, header);
        foreach (HistoryEvent e in events)
        {
            writer.Write(line);
            line.Clear();
            AppendEvent(line, e, header.ValuesAreEdn);
        }

        writer.Write(line);
    }

    private static bool TimesRise(IEnumerable<HistoryEvent> events)
    {
        long latest = -1;
        foreach (HistoryEvent e in events)
        {
            if (e.TimeNs >= 0 && e.TimeNs < latest) return false;
            latest = Math.Max(latest, e.TimeNs);
        }

        return true;
    }

    private static void AppendHeader(StringBuilder line, HistoryHeader header)
    {
        line.Append(CultureInfo.InvariantCulture, $"{{\"format\":\"{HistoryHeader.FormatName}\",\"version\":{HistoryHeader.Version}");
        AppendOptional(line, "model", header.Model);
        if (header.NilReads == NilRead.Unconstrained) AppendOptional(line, "nilReads", "unconstrained");
        if (header.ValuesAreEdn) AppendOptional(line, "values", "edn");
        if (header.TimesAreUnordered) AppendOptional(line, "times", "unordered");
        line.Append("}\n");
    }

    private static void AppendEvent(StringBuilder line, HistoryEvent e, bool valuesAreEdn)
    {
        line.Append(CultureInfo.InvariantCulture, $"{{\"index\":{e.Index},\"type\":\"{EventsBuilder.NameOf(e.Type)}\",\"process\":");
        if (e.IsNemesis) JsonText.AppendString(line, JsonFields.Nemesis);
        else line.Append(CultureInfo.InvariantCulture, $"{e.Process}");
        line.Append(",\"f\":");
        JsonText.AppendString(line, e.F);
        AppendOptional(line, "key", e.Key);
        line.Append(",\"value\":");
        if (valuesAreEdn && !e.Value.IsNil) JsonText.AppendString(line, EdnText.Of(e));
        else JsonText.Append(line, e.Value);
        if (e.TimeNs >= 0) line.Append(CultureInfo.InvariantCulture, $",\"time\":{e.TimeNs}");
        if (e.Log is LogPosition log) line.Append(CultureInfo.InvariantCulture, $",\"logTerm\":{log.Term},\"logIndex\":{log.Index}");
        AppendOptional(line, "error", e.Error);
        line.Append("}\n");
    }

    private static void AppendOptional(StringBuilder line, string name, string? value)
    {
        if (value is null) return;
        line.Append(",\"").Append(name).Append("\":");
        JsonText.AppendString(line, value);
    }
}
