namespace RaftCheck.Raft;

/// <summary>The three states of a server (Figure 4).</summary>
public enum Role
{
    /// <summary>Answers requests, and becomes a candidate when it hears from no leader.</summary>
    Follower,

    /// <summary>Asks the others for their votes.</summary>
    Candidate,

    /// <summary>Takes commands and replicates them.</summary>
    Leader,
}
