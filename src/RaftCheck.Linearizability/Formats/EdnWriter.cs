using System.Globalization;
using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>Writes histories in EDN: a map a line, as Jepsen does. The header, if one is needed, is a discarded value.</summary>
internal static class EdnWriter
{
    /// <summary>Writes a history.</summary>
    public static void Write(History history, TextWriter writer, string? model)
    {
        var line = new StringBuilder();
        if (NeedsHeader(history, HistoryFormats.Edn, model))
        {
            line.Append("#_");
            AppendHeader(line, history, HistoryFormats.Edn, model);
            line.Append('\n');
        }

        foreach (HistoryEvent e in history.Events)
        {
            AppendEvent(line, e);
            writer.Write(line);
            line.Clear();
        }

        writer.Write(line);
    }

    /// <summary>Whether there is something to say of the history as a whole. A file without events says at least what it is.</summary>
    public static bool NeedsHeader(History history, string format, string? model) =>
        model is not null || history.Events.Count == 0 || history.NilReads != HistoryFormats.NilReadsOf(format);

    /// <summary>Appends a header, as a map.</summary>
    public static void AppendHeader(StringBuilder line, History history, string format, string? model)
    {
        line.Append(CultureInfo.InvariantCulture, $"{{:format \"{HistoryHeader.FormatName}\", :version {HistoryHeader.Version}");
        if (model is not null) line.Append(", :model ").Append(ValuePrinter.Quote(model));
        if (history.NilReads != HistoryFormats.NilReadsOf(format))
            line.Append(history.NilReads == NilRead.Observed ? ", :nil-reads :observed" : ", :nil-reads :unconstrained");
        line.Append('}');
    }

    private static void AppendEvent(StringBuilder line, HistoryEvent e)
    {
        line.Append("{:process ");
        if (e.IsNemesis) line.Append(JepsenLogReader.Nemesis);
        else line.Append(e.Process);
        line.Append(", :type :").Append(EventsBuilder.NameOf(e.Type)).Append(", :f ").Append(EdnText.OfName(e.F));
        if (e.Key is not null) line.Append(", :key ").Append(ValuePrinter.Quote(e.Key));
        line.Append(", :value ").Append(EdnText.Of(e));
        if (e.TimeNs >= 0) line.Append(", :time ").Append(e.TimeNs);
        line.Append(", :index ").Append(e.Index);
        if (e.Log is LogPosition log) line.Append(CultureInfo.InvariantCulture, $", :log-term {log.Term}, :log-index {log.Index}");
        if (e.Error is not null) line.Append(", :error ").Append(EdnText.OfName(e.Error));
        line.Append("}\n");
    }
}
