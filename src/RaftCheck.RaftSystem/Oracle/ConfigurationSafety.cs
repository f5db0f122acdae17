using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// Changes of the cluster's configuration (dissertation, chapter 4): a leader begins one only when the one before is
/// committed, and each quorum of the new configuration shares a server with each quorum of the one before. The oracle tries
/// every set of servers, by the definition of a quorum, and knows nothing of the rules that are meant to ensure it.
/// </summary>
internal sealed class ConfigurationSafety(IRunRecorder recorder, int clusterSize)
{
    public const string Name = "Configuration Safety";

    public void Appended(ServerView leader, LogEntry entry)
    {
        if (leader.ConfigurationIndex > leader.CommitIndex)
        {
            recorder.Violate(Name, $"{leader.Id}, leader of term {leader.Term}, began a configuration at index {entry.Index}, although the one at index {leader.ConfigurationIndex} was not committed: its commit index is {leader.CommitIndex}.");
            return;
        }

        var next = ClusterConfiguration.Decode(entry.Command.Span);
        for (var set = 0u; set < 1u << clusterSize; set++)
        {
            if (IsQuorum(leader.Configuration, set) && IsQuorum(next, ~set))
            {
                recorder.Violate(Name, $"{leader.Id}, leader of term {leader.Term}, began the configuration {next} at index {entry.Index} after {leader.Configuration}: {Names(set)} could decide without the new one's quorum of others.");
                return;
            }
        }
    }

    private static bool IsQuorum(ClusterConfiguration configuration, uint set) =>
        IsMajority(configuration.Voters, set) && (!configuration.IsJoint || IsMajority(configuration.OldVoters, set));

    private static bool IsMajority(IReadOnlyList<NodeId> voters, uint set)
    {
        var count = 0;
        for (var i = 0; i < voters.Count; i++)
        {
            count += (int)(set >> voters[i].Value) & 1;
        }

        return 2 * count > voters.Count;
    }

    private string Names(uint set) =>
        string.Join(" and ", Enumerable.Range(0, clusterSize).Where(server => ((set >> server) & 1) == 1).Select(server => new NodeId(server)));
}
