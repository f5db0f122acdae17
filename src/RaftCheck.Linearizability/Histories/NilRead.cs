namespace RaftCheck.Linearizability;

/// <summary>
/// What a read that returned nil says. Formats differ here, so each one says which it means, and the history carries it.
/// </summary>
public enum NilRead
{
    /// <summary>
    /// The read saw that there was nothing (a register never written, a key never put). So in our own JSON Lines and
    /// in the logs that Jepsen prints.
    /// </summary>
    Observed,

    /// <summary>
    /// The read returned, and its value was not recorded: it fits every state. So in EDN histories, as Knossos has it.
    /// </summary>
    Unconstrained,
}
