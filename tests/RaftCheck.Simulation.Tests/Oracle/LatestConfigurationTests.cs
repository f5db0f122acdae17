using RaftCheck.Raft;
using static RaftCheck.Simulation.Tests.Oracle.OracleScript;

namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>Which configuration a server goes by (dissertation, §4.1 and §5.1).</summary>
public sealed class LatestConfigurationTests
{
    private const string Name = "Latest Configuration";

    [Fact]
    public void A_configuration_that_is_used_as_soon_as_it_is_in_the_log_is_legal() =>
        Begun().Change(1, 2, 1, Voters(0, 1)).Candidate(1, 2).IsLegal();

    [Fact]
    public void A_configuration_that_is_not_used_at_once_violates_it() =>
        Begun().Append(1, 2, 1, Voters(0, 1)).IsLegal().Candidate(1, 2)
            .Violates(Name, "n1 as candidate of term 2 goes by the configuration (n0 n1 n2) of index 0, and the latest one in its log is (n0 n1) of index 2.");

    [Fact]
    public void A_configuration_that_is_used_and_not_in_the_log_violates_it() =>
        Begun().Use(Voters(0, 1), 3, 1)
            .Violates(Name, "n1 goes by the configuration (n0 n1) of index 3, and the latest one in its log is the one that the cluster began with.");

    [Fact]
    public void A_configuration_that_is_truncated_away_and_still_used_violates_it() =>
        Begun().Change(1, 2, 1, Voters(0, 1)).Truncate(1, 2).IsLegal().Candidate(1, 2)
            .Violates(Name, "n1 as candidate of term 2 goes by the configuration (n0 n1) of index 2, and the latest one in its log is the one that the cluster began with.");

    [Fact]
    public void The_configuration_before_is_used_again_when_the_latest_is_truncated_away() =>
        Begun().Change(1, 2, 1, Voters(0, 1)).Truncate(1, 2).Use(Voters(0, 1, 2), 0, 1).Candidate(1, 2).IsLegal();

    [Fact]
    public void A_server_that_comes_up_with_another_configuration_than_the_latest_in_its_log_violates_it() =>
        About(Name).Begin(1).Change(1, 1, 1, Voters(0, 1)).Crash(1).Recover(1, 1, [Voters(0, 1)], uses: Voters(0, 1, 2))
            .Violates(Name, "n1 came up with the configuration (n0 n1 n2) of index 1, and the latest one in its log is (n0 n1) of index 1.");

    [Fact]
    public void A_server_that_comes_up_with_the_latest_configuration_in_its_log_is_legal() =>
        About(Name).Begin(1).Change(1, 1, 1, Voters(0, 1)).Crash(1).Recover(1, 1, [Voters(0, 1)], uses: Voters(0, 1)).IsLegal();

    [Fact]
    public void A_snapshot_holds_the_configuration_as_of_its_last_entry()
    {
        Committed().Snapshot(0, 2, 1, 2, Voters(0, 1)).IsLegal();
        Committed().Snapshot(0, 1, 1, 0, Voters(0, 1, 2)).IsLegal();
        Committed().Snapshot(0, 1, 1, 2, Voters(0, 1)).Violates(
            "Snapshot Safety",
            "n0 has a snapshot up to index 1 with the configuration (n0 n1) of index 2, and the latest one there is the one that the cluster began with.");
        Assert.True(Committed().Snapshot(0, 2, 1, 0, Voters(0, 1, 2)).IsViolated);
        Assert.True(Committed().Snapshot(0, 2, 1, 2, Voters(0, 1, 2)).IsViolated);
    }

    /// <summary>Server 0 leads, and has committed and applied a configuration at index 2.</summary>
    private static OracleScript Committed() =>
        Begun("Snapshot Safety").Change(0, 2, 1, Voters(0, 1)).Commit(0, 2).Apply(0, "1:1:a").ApplyConfiguration(0, 2, 1, Voters(0, 1));

    /// <summary>Server 0 leads term 1, and has committed an entry of it at index 1; server 1 has it.</summary>
    private static OracleScript Begun(string about = Name) =>
        About(about).Begin(0).Begin(1).Leader(0, 1).Append(0, "1:1:a").Append(1, "1:1:a").Commit(0, 1);
}
