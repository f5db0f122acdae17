using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>The highlighted operations as a table, for those who do not see the picture, and where no script runs.</summary>
internal static class CoreTable
{
    private const int RowsMax = 200;
    private const int TextLengthMax = 120;

    private static readonly string[] Columns = ["Events", "Process", "Operation", "Key", "Input", "Output", "Outcome"];

    /// <summary>Writes the table, or a sentence when there is nothing to put in it.</summary>
    public static void Write(TextWriter writer, PageInput input)
    {
        IReadOnlyList<Operation> rows = input.Highlighted;
        if (rows.Count == 0)
        {
            writer.Write("<p>No operation stands out.</p>\n");
            return;
        }

        writer.Write("<table>\n<thead><tr>");
        foreach (string name in Columns) writer.Write($"<th scope=\"col\">{name}</th>");
        writer.Write("</tr></thead>\n<tbody>\n");
        foreach (Operation operation in rows.Take(RowsMax))
            WriteRow(writer, operation, isBlocked: operation.Id == input.Result.FirstNonLinearizable?.Id);
        writer.Write("</tbody>\n</table>\n");
        if (rows.Count > RowsMax)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<p>… and {rows.Count - RowsMax} more.</p>\n"));
    }

    private static void WriteRow(TextWriter writer, Operation operation, bool isBlocked)
    {
        string events = operation.ReturnIndex is int end
            ? string.Create(CultureInfo.InvariantCulture, $"{operation.InvokeIndex} to {end}")
            : string.Create(CultureInfo.InvariantCulture, $"{operation.InvokeIndex}, no return");
        writer.Write("<tr>");
        WriteCell(writer, events);
        WriteCell(writer, operation.Process.ToString(CultureInfo.InvariantCulture));
        WriteCell(writer, PageText.Display(operation.F, TextLengthMax));
        WriteCell(writer, operation.Key is null ? "" : PageText.Display(operation.Key, TextLengthMax));
        WriteCell(writer, operation.Input.IsNil ? "" : PageText.Display(operation.Input, TextLengthMax));
        WriteCell(writer, operation.Output is null ? "" : PageText.Display(operation.Output, TextLengthMax));
        WriteCell(writer, PageText.Outcome(operation.Completion) + (isBlocked ? " (first that no order explains)" : ""));
        writer.Write("</tr>\n");
    }

    private static void WriteCell(TextWriter writer, string text)
    {
        writer.Write("<td>");
        writer.Write(PageText.Html(text));
        writer.Write("</td>");
    }
}
