using RaftCheck.Fuzzing.Failures;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli.Commands;

/// <summary>Reads a history that somebody gave.</summary>
internal static class HistoryInput
{
    /// <summary>Reads a history.</summary>
    /// <exception cref="InputException">The file can't be read.</exception>
    /// <exception cref="HistoryFormatException">It is no history.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static RecordedHistory Read(string file, CancellationToken ct)
    {
        try
        {
            return HistoryReader.Read(file, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw InputException.Unreadable(file, e);
        }
        catch (OutOfMemoryException e)
        {
            throw new InputException($"{file}: there is not enough memory to read it; it takes many times the size of the file.", e);
        }
    }
}
