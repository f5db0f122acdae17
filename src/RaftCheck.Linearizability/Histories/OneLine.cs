namespace RaftCheck.Linearizability;

/// <summary>Keeps messages to one line, whatever the file that they quote holds.</summary>
internal static class OneLine
{
    private const int QuoteLengthMax = 40;

    /// <summary>The text without control characters and other line ends.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0000', '\u001f') && text.AsSpan().IndexOfAny("\u007f\u0085\u2028\u2029") < 0)
            return text;
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
        });
    }

    /// <summary>The start of a text that may be very long.</summary>
    public static string Shorten(string text) =>
        text.Length <= QuoteLengthMax ? text : string.Concat(text.AsSpan(0, QuoteLengthMax), "…");
}
