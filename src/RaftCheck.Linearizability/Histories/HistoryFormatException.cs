namespace RaftCheck.Linearizability;

/// <summary>
/// A history cannot be read, or contradicts itself, or is not one of the model's. The message is one line that a user
/// can act on: for a file <c>name:line:column: what is wrong</c>.
/// </summary>
public sealed class HistoryFormatException : Exception
{
    /// <summary>An error without a place.</summary>
    public HistoryFormatException(string message)
        : base(OneLine.Of(message))
    {
    }

    /// <summary>An error without a place, and what caused it.</summary>
    public HistoryFormatException(string message, Exception innerException)
        : base(OneLine.Of(message), innerException)
    {
    }

    /// <summary>An error without a message; prefer the others.</summary>
    public HistoryFormatException()
        : this("The history is malformed.")
    {
    }

    /// <summary>An error at a place in a file. <paramref name="line"/> and <paramref name="column"/> count from 1.</summary>
    public HistoryFormatException(string fileName, int line, int column, string problem)
        : base(OneLine.Of($"{fileName}:{line}:{column}: {problem}"))
    {
        FileName = fileName;
        Line = line;
        Column = column;
    }

    /// <summary>The file's name without its folders; <see langword="null"/> when the history is not from a file.</summary>
    public string? FileName { get; }

    /// <summary>The line, from 1; 0 when there is none.</summary>
    public int Line { get; }

    /// <summary>The column, from 1, in UTF-16 code units; 0 when there is none.</summary>
    public int Column { get; }
}
