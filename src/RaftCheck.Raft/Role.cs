namespace RaftCheck.Raft;

/// <summary>The states of a server: the three of Figure 4, and the one before an election (dissertation, §9.6).</summary>
public enum Role
{
    /// <summary>Answers requests, and becomes a candidate when it hears from no leader.</summary>
    Follower,

    /// <summary>Asks the others for their votes.</summary>
    Candidate,

    /// <summary>Takes commands and replicates them.</summary>
    Leader,

    /// <summary>Asks the others whether they would vote for it, in its old term (dissertation, §9.6).</summary>
    PreCandidate,
}
