using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// Changes of the cluster's configuration (dissertation, chapter 4, and its correction of 2015): a leader begins one only
/// when the one before is committed, and an entry of its own term; and each quorum of the new configuration shares a server
/// with each quorum of the one before. The oracle tries every set of servers, by the definition of a quorum, and knows
/// nothing of the rules that are meant to ensure it.
/// </summary>
internal sealed class ConfigurationSafety(IRunRecorder recorder, int clusterSize)
{
    public const string Name = "Configuration Safety";

    /// <summary>Called while the leader still goes by the configuration before.</summary>
    public void Appended(ServerView leader, LogIndex index, ClusterConfiguration next)
    {
        if (leader.ConfigurationIndex > leader.CommitIndex)
        {
            Violate(leader, index, $"although the one at index {leader.ConfigurationIndex} was not committed: its commit index is {leader.CommitIndex}.");
        }
        else if (leader.TermAt(leader.CommitIndex) != leader.Term)
        {
            Violate(leader, index, $"although it had committed no entry of that term: its commit index is {leader.CommitIndex}.");
        }
        else
        {
            RequireOverlap(leader, index, next);
        }
    }

    private void RequireOverlap(ServerView leader, LogIndex index, ClusterConfiguration next)
    {
        for (var set = 0u; set < 1u << clusterSize; set++)
        {
            if (IsQuorum(leader.Configuration, set) && IsQuorum(next, ~set))
            {
                recorder.Violate(Name, $"{leader.Id}, leader of term {leader.Term}, began the configuration {next} at index {index} after {leader.Configuration}: {Names(set)} could decide without the new one's quorum of others.");
                return;
            }
        }
    }

    private void Violate(ServerView leader, LogIndex index, string problem) =>
        recorder.Violate(Name, $"{leader.Id}, leader of term {leader.Term}, began a configuration at index {index}, {problem}");

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
