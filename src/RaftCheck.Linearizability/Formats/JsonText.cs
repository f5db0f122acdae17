using System.Globalization;
using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>Values as JSON.</summary>
internal static class JsonText
{
    /// <summary>Appends a value.</summary>
    public static void Append(StringBuilder text, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Nil: text.Append("null"); break;
            case ValueKind.Bool: text.Append(value.AsBool ? "true" : "false"); break;
            case ValueKind.Integer: text.Append(CultureInfo.InvariantCulture, $"{value.AsInteger}"); break;
            case ValueKind.List or ValueKind.Set: AppendArray(text, value.Items); break;
            case ValueKind.Map: AppendObject(text, value.Items); break;
            case ValueKind.Literal when IsJsonNumber(value.AsText): text.Append(value.AsText); break;
            default: AppendString(text, value.AsText); break;
        }
    }

    /// <summary>Whether a value, once appended, reads back as it was.</summary>
    public static bool CanExpress(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Keyword or ValueKind.Set: return false;
            case ValueKind.Literal: return IsJsonNumber(value.AsText);
        }

        for (int i = 0; i < value.Items.Length; i++)
        {
            bool isKey = value.Kind == ValueKind.Map && i % 2 == 0;
            if ((isKey && value.Items[i].Kind != ValueKind.String) || !CanExpress(value.Items[i])) return false;
        }

        return true;
    }

    /// <summary>Appends a string in quotes. Text stays as it is, except what JSON forbids or UTF-8 cannot hold.</summary>
    public static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c == '\n') text.Append("\\n");
            else if (c < ' ') AppendUnit(text, c);
            else if (!char.IsSurrogate(c)) text.Append(c);
            else if (i + 1 < value.Length && char.IsSurrogatePair(c, value[i + 1])) text.Append(c).Append(value[++i]);
            // Half of a pair: an encoder would replace it, and another value would come back.
            else AppendUnit(text, c);
        }

        text.Append('"');
    }

    private static void AppendUnit(StringBuilder text, char c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");

    private static void AppendArray(StringBuilder text, ReadOnlySpan<Value> items)
    {
        text.Append('[');
        for (int i = 0; i < items.Length; i++)
        {
            if (i > 0) text.Append(',');
            Append(text, items[i]);
        }

        text.Append(']');
    }

    private static void AppendObject(StringBuilder text, ReadOnlySpan<Value> items)
    {
        text.Append('{');
        for (int i = 0; i < items.Length; i += 2)
        {
            if (i > 0) text.Append(',');
            Value key = items[i];
            AppendString(text, key.Kind is ValueKind.String or ValueKind.Keyword ? key.AsText : key.ToString());
            text.Append(':');
            Append(text, items[i + 1]);
        }

        text.Append('}');
    }

    private static bool IsJsonNumber(string text)
    {
        try
        {
            // What the reader makes of it decides: then what is written comes back.
            return new JsonReader(new SourceText("", text), new Interning()).ReadAll(0, text.Length).Equals(Value.Literal(text));
        }
        catch (HistoryFormatException)
        {
            return false;
        }
    }
}
