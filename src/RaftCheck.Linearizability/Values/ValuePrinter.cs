using System.Globalization;
using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>Values in EDN's notation.</summary>
internal static class ValuePrinter
{
    /// <summary>The text of a value of a kind that needs more than its bare text.</summary>
    public static string Print(Value value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>A string in quotes, on one line: what would break the line or the terminal is escaped.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        AppendQuoted(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String: AppendQuoted(text, value.AsText); break;
            case ValueKind.List: AppendItems(text, "[", value.Items, "]"); break;
            case ValueKind.Set: AppendItems(text, "#{", value.Items, "}"); break;
            case ValueKind.Map: AppendItems(text, "{", value.Items, "}"); break;
            default: text.Append(value.ToString()); break;
        }
    }

    private static void AppendItems(StringBuilder text, string open, ReadOnlySpan<Value> items, string close)
    {
        text.Append(open);
        for (int i = 0; i < items.Length; i++)
        {
            if (i > 0) text.Append(' ');
            Append(text, items[i]);
        }

        text.Append(close);
    }

    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                default:
                    // U+2028 and U+2029 end a line for many programs.
                    if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
                        text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    else text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
