namespace RaftCheck.Linearizability;

/// <summary>The fields of a line of a log, one after another, with blanks between them.</summary>
/// <param name="text">The text.</param>
/// <param name="start">Where the first one is looked for.</param>
/// <param name="end">The line's end.</param>
/// <param name="isSure">Whether the line is surely meant as an event, so that it must be a good one.</param>
internal struct LogFields(string text, int start, int end, bool isSure)
{
    private int _at = start;

    /// <summary>Whether the line is surely meant as an event.</summary>
    public readonly bool IsSure => isSure;

    /// <summary>Goes on to the next field; returns where it starts.</summary>
    public int SkipBlanks()
    {
        while (_at < end && char.IsWhiteSpace(text[_at])) _at++;
        return _at;
    }

    /// <summary>The next field; empty at the end.</summary>
    public ReadOnlySpan<char> Next()
    {
        int from = SkipBlanks();
        while (_at < end && !char.IsWhiteSpace(text[_at])) _at++;
        return text.AsSpan(from, _at - from);
    }
}
