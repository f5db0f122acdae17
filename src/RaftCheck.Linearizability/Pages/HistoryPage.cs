namespace RaftCheck.Linearizability;

/// <summary>
/// A page that shows a history and what a check said of it: one HTML file that needs nothing else, neither a network nor
/// a server. The same input gives the same bytes, on every machine. Safe to call from any number of threads.
/// </summary>
public static class HistoryPage
{
    /// <summary>
    /// Writes the page. Histories may come from anywhere: their texts are cut where they are long (with a mark that says
    /// so), and nothing in them can become markup or script.
    /// </summary>
    /// <param name="writer">
    /// Where to; it should encode as UTF-8, which is what the page says of itself. Its own line end is not used, and it is
    /// not flushed.
    /// </param>
    /// <param name="history">The history.</param>
    /// <param name="model">The model that it was judged by.</param>
    /// <param name="result">What the check said of this history and this model.</param>
    /// <param name="extras">What else is known; <see langword="null"/> for nothing.</param>
    /// <exception cref="IOException">The writer cannot write.</exception>
    public static void Write(TextWriter writer, History history, Model model, CheckResult result, HistoryPageExtras? extras = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(result);
        extras ??= HistoryPageExtras.None;
        var input = new PageInput(history, model.For(history), result, extras);
        foreach ((string text, string? slot) in PageFiles.Template)
        {
            writer.Write(text);
            switch (slot)
            {
                case null: break;
                case "policy": writer.Write(PageFiles.Policy); break;
                case "style": writer.Write(PageFiles.Style); break;
                case "script": writer.Write(PageFiles.Script); break;
                case "data": PageData.Write(writer, input); break;
                case "core-table": CoreTable.Write(writer, input); break;
                default: writer.Write(PageText.Html(PageWords.Of(slot, input))); break;
            }
        }
    }
}
