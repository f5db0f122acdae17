namespace RaftCheck.Raft.Storage;

/// <summary>A node's storage can't be used as it is. The message says what was found, and where.</summary>
public sealed class StorageException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StorageException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was found, and where.</param>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was found, and where.</param>
    /// <param name="innerException">What caused it.</param>
    public StorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
