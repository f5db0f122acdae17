namespace RaftCheck.Raft.Rules;

/// <summary>How long a leader may be sure that there is no other (dissertation, §6.4.1).</summary>
public static class LeaseRule
{
    /// <summary>
    /// When the lease ends, by the leader's clock; the lease does not include that moment. A voter that has answered a
    /// request votes for nobody, itself included, until its own clock has measured the shortest election timeout since it
    /// received the request (§4.2.3), which was not before the request was sent. Every other leader needs the vote of one
    /// of any quorum. While the voter measures T, the leader measures T * (1 - drift) at the least: so long is the lease.
    /// </summary>
    /// <remarks>
    /// It holds only if all servers have the same shortest election timeout and refuse disruptive candidates; if a voter
    /// that restarts, and so forgets whom it heard, votes for nobody for that long; and if no voter was asked by the leader
    /// itself to let another one win (§3.10).
    /// </remarks>
    /// <param name="configuration">The configuration. Under joint consensus a quorum of each is needed.</param>
    /// <param name="answeredSentAt">When the latest request that a voter has answered was sent, by the leader's clock; for the leader itself, now.</param>
    /// <param name="electionTimeoutMin">The shortest election timeout.</param>
    /// <param name="clockDriftBound">By how much two clocks may differ in speed, as a share.</param>
    /// <returns>The end; null without voters, or while a quorum has not answered yet.</returns>
    public static TimeSpan? End(ClusterConfiguration configuration, Func<NodeId, TimeSpan?> answeredSentAt, TimeSpan electionTimeoutMin, double clockDriftBound)
    {
        ArgumentNullException.ThrowIfNull(answeredSentAt);
        var quorumSentAt = Quorum.Reached(configuration, voter => answeredSentAt(voter) ?? TimeSpan.MinValue);
        return quorumSentAt is { } sentAt && sentAt != TimeSpan.MinValue ? sentAt + (electionTimeoutMin * (1 - clockDriftBound)) : null;
    }
}
