namespace RaftCheck.Linearizability;

/// <summary>What one line of a history says of an operation.</summary>
public enum EventType
{
    /// <summary>The process calls the operation.</summary>
    Invoke,

    /// <summary>The operation returned: it took effect, once, between its call and now.</summary>
    Ok,

    /// <summary>The operation did not take effect, and never will.</summary>
    Fail,

    /// <summary>Nobody knows: it may take effect at any time after its call, or never.</summary>
    Info,
}
