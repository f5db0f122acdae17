namespace RaftCheck.Linearizability;

/// <summary>
/// What a log says at the end of a line whose value is of no consequence: the value if it is one, and then the error, which
/// is a name, a string in quotes, or any text. An error without a value before it is a name.
/// </summary>
internal static class LogErrors
{
    /// <summary>Reads the end of a line.</summary>
    /// <param name="text">What is left of the line.</param>
    /// <param name="interning">What the file's values share.</param>
    /// <param name="hasError">Whether there may be an error; if not, everything is the value.</param>
    public static (Value Value, string? Error) Read(string text, Interning interning, bool hasError)
    {
        if (text.Length == 0) return (Value.Nil, null);
        var reader = new EdnReader(new SourceText("", text), 0, text.Length, interning);
        try
        {
            Value value = reader.ReadValue("the value");
            string rest = text[reader.Position..].Trim();
            if (rest.Length == 0) return (value, hasError && value.Kind == ValueKind.Keyword ? value.AsText : null);
            if (hasError) return (value, TextOf(rest));
        }
        catch (HistoryFormatException)
        {
            // It is no value, and need not be one.
        }

        return (Value.Of(text), null);
    }

    private static string TextOf(string error)
    {
        if (error.Length > 1 && error[0] == ':' && error.AsSpan().IndexOfAny(" \t") < 0) return error[1..];
        if (error[0] != '"') return error;
        var source = new SourceText("", error);
        try
        {
            return EdnString.Read(source, 0, error.Length, out int behind) is string text && behind == error.Length ? text : error;
        }
        catch (HistoryFormatException)
        {
            return error;
        }
    }
}
