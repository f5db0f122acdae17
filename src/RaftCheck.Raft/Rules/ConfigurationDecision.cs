namespace RaftCheck.Raft.Rules;

/// <summary>What becomes of a change: the configuration that the leader appends next, or why there is none.</summary>
/// <param name="Next">The configuration to append; null if the change is refused.</param>
/// <param name="Refusal">Why the change is refused, in a sentence; null if it is not.</param>
public readonly record struct ConfigurationDecision(ClusterConfiguration? Next, string? Refusal)
{
    internal static ConfigurationDecision Append(ClusterConfiguration next) => new(next, null);

    internal static ConfigurationDecision Refuse(string reason) => new(null, reason);
}
