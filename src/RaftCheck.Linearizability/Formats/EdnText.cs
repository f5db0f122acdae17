using System.Buffers;
using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>Values and names as EDN that reads back as what it was.</summary>
internal static class EdnText
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.?!*+<>=");

    /// <summary>The text of an event's value.</summary>
    /// <exception cref="HistoryFormatException">There is none that would read back.</exception>
    public static string Of(HistoryEvent e) => ReadsBack(e.Value)
        ? e.Value.ToString()
        : throw new HistoryFormatException($"event {e.Index}: the value {OneLine.Shorten(e.Value.ToString())} cannot be written in EDN");

    /// <summary>A text that readers take either as a name or as a string: a keyword where that is possible.</summary>
    public static string OfName(string text) => IsName(text) ? ":" + text : ValuePrinter.Quote(text);

    /// <summary>Whether a text is surely the name of a keyword.</summary>
    public static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Whether a text can be in a file as it is: it holds no half of a surrogate pair.</summary>
    public static bool IsUnicode(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar) || Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static bool ReadsBack(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Keyword or ValueKind.Literal:
                return (value.Kind == ValueKind.Keyword && IsName(value.AsText)) || WordReadsBack(value);
            default:
                foreach (Value item in value.Items)
                {
                    if (!ReadsBack(item)) return false;
                }

                return true;
        }
    }

    /// <summary>Files hold words that read back; but a program can make any.</summary>
    private static bool WordReadsBack(Value word)
    {
        string text = word.ToString();
        if (!IsUnicode(text)) return false;
        try
        {
            // Followed by something, as it will be, since a word may go on where it should end.
            return EdnReader.ReadSingle(new SourceText("", $"[{text} nil]")).Equals(Value.List(word, Value.Nil));
        }
        catch (HistoryFormatException)
        {
            return false;
        }
    }
}
