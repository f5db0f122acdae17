using RaftCheck.Raft;

namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>What a leader commits is on the disks of a quorum (§5.3; dissertation, §10.2.1 and §4.3).</summary>
public sealed class QuorumDurabilityTests
{
    [Fact]
    public void An_entry_that_only_the_leader_has_on_disk_violates_it() =>
        Replicated().Persist(0, 1).IsLegal().Commit(0, 1)
            .Violates("Quorum Durability", "n0 committed up to index 1 in term 1, but only n0 has it on disk, and the configuration is (n0 n1 n2).");

    [Fact]
    public void An_entry_that_nobody_has_on_disk_violates_it() =>
        Replicated().Commit(0, 1)
            .Violates("Quorum Durability", "n0 committed up to index 1 in term 1, but nobody has it on disk, and the configuration is (n0 n1 n2).");

    [Fact]
    public void A_majority_of_the_new_configuration_alone_violates_it() =>
        Replicated().Use(Joint(), 1, 0).Persist(0, 1).Persist(1, 1).IsLegal().Commit(0, 1)
            .Violates("Quorum Durability", $"n0 committed up to index 1 in term 1, but only n0 and n1 have it on disk, and the configuration is {Joint()}.");

    [Fact]
    public void A_majority_that_has_it_on_disk_is_legal_without_the_leader_too() => Replicated().Persist(1, 1).Persist(2, 1).Commit(0, 1).IsLegal();

    [Fact]
    public void A_follower_commits_what_it_was_told() => Replicated().Commit(1, 1).IsLegal();

    private static OracleScript Replicated() => new OracleScript().Leader(0, 1).Append(0, "1:1:a").Append(1, "1:1:a").Append(2, "1:1:a");

    private static ClusterConfiguration Joint() =>
        ClusterConfiguration.Joint([new NodeId(0), new NodeId(1)], [new NodeId(2)], [], [], autoLeave: true);
}
