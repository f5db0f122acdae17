namespace RaftCheck.Linearizability;

/// <summary>No model has that name, or the model cannot start from that value. The message is one line for the user.</summary>
public sealed class ModelException : ArgumentException
{
    /// <summary>An error with a message for the user.</summary>
    public ModelException(string message)
        : base(OneLine.Of(message))
    {
    }

    /// <summary>An error with a message for the user, and what caused it.</summary>
    public ModelException(string message, Exception innerException)
        : base(OneLine.Of(message), innerException)
    {
    }

    /// <summary>An error without a message; prefer the others.</summary>
    public ModelException()
        : this("The model cannot be made.")
    {
    }
}
