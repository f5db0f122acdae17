namespace RaftCheck.Fuzzing.Failures;

/// <summary>A file that somebody gave can't be used. The message is one line that names the file and the place.</summary>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception.</summary>
    public InputException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line that names the file and the place.</param>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line that names the file and the place.</param>
    /// <param name="innerException">What caused it.</param>
    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A file that could not be read at all.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cause">Why.</param>
    public static InputException Unreadable(string file, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new($"{file}: {(cause is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : cause.Message)}", cause);
    }
}
