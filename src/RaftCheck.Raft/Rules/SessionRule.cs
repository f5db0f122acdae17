namespace RaftCheck.Raft.Rules;

/// <summary>What is done with a command that belongs to a client session.</summary>
public enum SessionDecision
{
    /// <summary>It is a new command: it is executed, and its response is kept.</summary>
    Execute,

    /// <summary>It was executed before: it gets the response that it got then.</summary>
    AnswerAgain,

    /// <summary>It was executed before, but its response was too large to be kept. It is not executed again.</summary>
    ResponseDiscarded,

    /// <summary>
    /// A later command of its session was executed: nobody can be waiting for this one. It is not executed, whether or
    /// not it was before.
    /// </summary>
    Stale,

    /// <summary>
    /// There is no such session: it has expired, or never was. The command is not executed: it might be for a second time.
    /// </summary>
    SessionExpired,
}

/// <summary>
/// How commands that clients send again take effect once (dissertation, §6.3 and Figure 6.1, ClientRequest, rules 3 to 6;
/// §8 of the paper). A client has one command under way at a time in each of its sessions; one that wants more of them
/// opens more sessions. So a session needs to remember no more than its latest command.
/// </summary>
public static class SessionRule
{
    /// <summary>What to do with a command.</summary>
    /// <param name="lastSequence">The latest command of the session that was executed, 0 if none was; null if there is no such session.</param>
    /// <param name="responseKept">Whether that command's response is still there.</param>
    /// <param name="sequence">The command's number in the session; 1 or more.</param>
    public static SessionDecision Decide(long? lastSequence, bool responseKept, long sequence)
    {
        if (lastSequence is not { } last)
        {
            return SessionDecision.SessionExpired;
        }

        if (sequence > last)
        {
            return SessionDecision.Execute;
        }

        if (sequence < last)
        {
            return SessionDecision.Stale;
        }

        return responseKept ? SessionDecision.AnswerAgain : SessionDecision.ResponseDiscarded;
    }

    /// <summary>
    /// Whether a session expires, by the time that the log agrees on (§6.3): a server's own clock would let state
    /// machines diverge.
    /// </summary>
    /// <param name="lastUsed">The cluster's time at the session's latest entry.</param>
    /// <param name="now">The cluster's time at the entry that is about to be applied.</param>
    /// <param name="timeout">How long a session lives without being used.</param>
    public static bool IsExpired(TimeSpan lastUsed, TimeSpan now, TimeSpan timeout) => now - lastUsed >= timeout;
}
