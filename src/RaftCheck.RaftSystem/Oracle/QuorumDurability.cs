using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// What a leader commits is on the disks of a quorum (§5.3; dissertation, §10.2.1), of the configuration that it uses, and
/// under joint consensus of both (§4.3). The oracle counts for itself.
/// </summary>
internal sealed class QuorumDurability(IRunRecorder recorder, IReadOnlyList<ServerView> servers)
{
    public const string Name = "Quorum Durability";

    public void Committed(ServerView leader, LogIndex commitIndex)
    {
        if (leader.Role != Role.Leader || commitIndex > leader.LastIndex)
        {
            return;
        }

        var configuration = leader.Configuration;
        if (!IsOnMajority(configuration.Voters, leader, commitIndex)
            || (configuration.IsJoint && !IsOnMajority(configuration.OldVoters, leader, commitIndex)))
        {
            recorder.Violate(Name, $"{leader.Id} committed up to index {commitIndex} in term {leader.Term}, but {WhoHas(leader, commitIndex)} on disk, and the configuration is {configuration}.");
        }
    }

    private bool IsOnMajority(IReadOnlyList<NodeId> voters, ServerView leader, LogIndex index)
    {
        var count = 0;
        for (var i = 0; i < voters.Count; i++)
        {
            count += Has(servers[voters[i].Value], leader, index) ? 1 : 0;
        }

        return 2 * count > voters.Count;
    }

    private static bool Has(ServerView server, ServerView leader, LogIndex index) =>
        server.DurableIndex >= index && server.PrefixAt(index) == leader.PrefixAt(index);

    private string WhoHas(ServerView leader, LogIndex index)
    {
        var having = servers.Where(server => Has(server, leader, index)).Select(server => server.Id.ToString()).ToList();
        return having.Count switch
        {
            0 => "nobody has it",
            1 => $"only {having[0]} has it",
            _ => $"only {string.Join(" and ", having)} have it",
        };
    }
}
