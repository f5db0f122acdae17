using System.Globalization;
using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>
/// Texts of a history as a page shows them: on one line, of bearable length, and without characters that have no shape
/// or change the direction in which their neighbours are read.
/// </summary>
internal static class PageText
{
    /// <summary>The text made fit for display.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="lengthMax">How many UTF-16 code units of it to show; what is cut is counted in a mark at the end.</param>
    public static string Display(string text, int lengthMax)
    {
        int length = Math.Min(text.Length, lengthMax);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1])) length--;
        var shown = new StringBuilder(length + 24);
        for (int i = 0; i < length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < length && char.IsLowSurrogate(text[i + 1])) shown.Append(c).Append(text[++i]);
            else if (IsUnfit(c)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else shown.Append(c);
        }

        if (length < text.Length) AppendMark(shown, text.Length - length);
        return shown.ToString();
    }

    /// <summary>A value in EDN's notation, cut; a large value is never printed whole.</summary>
    public static string Display(Value value, int lengthMax)
    {
        var text = new StringBuilder();
        bool isWhole = TryAppend(text, value, lengthMax + 1);
        if (isWhole && text.Length <= lengthMax) return Display(text.ToString(), lengthMax);
        return Display(text.ToString(0, Math.Min(text.Length, lengthMax)), lengthMax) + "… (cut)";
    }

    /// <summary>The text inside of an element or of a quoted attribute.</summary>
    public static string Html(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>How an operation ended, in a word.</summary>
    public static string Outcome(Completion completion) => completion switch
    {
        Completion.Ok => "ok",
        Completion.Fail => "fail",
        Completion.Info => "info",
        _ => "no return",
    };

    private static void AppendMark(StringBuilder shown, int cut) =>
        shown.Append(CultureInfo.InvariantCulture, $"… ({cut} more characters)");

    private static bool IsUnfit(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Appends a value until there is enough; tells whether it is there whole.</summary>
    private static bool TryAppend(StringBuilder text, Value value, int lengthMax)
    {
        switch (value.Kind)
        {
            case ValueKind.List: return TryAppendItems(text, "[", value.Items, "]", lengthMax);
            case ValueKind.Set: return TryAppendItems(text, "#{", value.Items, "}", lengthMax);
            case ValueKind.Map: return TryAppendItems(text, "{", value.Items, "}", lengthMax);
            case ValueKind.String when value.AsText.Length > lengthMax:
                text.Append(ValuePrinter.Quote(value.AsText[..lengthMax]));
                return false;
            default:
                text.Append(value.ToString());
                return true;
        }
    }

    private static bool TryAppendItems(StringBuilder text, string open, ReadOnlySpan<Value> items, string close, int lengthMax)
    {
        text.Append(open);
        for (int i = 0; i < items.Length; i++)
        {
            if (i > 0) text.Append(' ');
            if (text.Length > lengthMax || !TryAppend(text, items[i], lengthMax)) return false;
        }

        text.Append(close);
        return true;
    }
}
