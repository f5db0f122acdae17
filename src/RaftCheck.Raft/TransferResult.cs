namespace RaftCheck.Raft;

/// <summary>How a transfer of the leadership ended (dissertation, §3.10).</summary>
public enum TransferResult
{
    /// <summary>A later term has begun: the server no longer leads. Most likely the target does.</summary>
    Succeeded,

    /// <summary>It took too long. The server goes on as the leader, unless it has lost its quorum. The target may yet stand.</summary>
    TimedOut,

    /// <summary>
    /// It was not begun: the server is not the leader, the target is the server itself or no voter that stays, or another
    /// transfer is under way.
    /// </summary>
    Refused,

    /// <summary>The server was stopped first.</summary>
    Stopped,
}
