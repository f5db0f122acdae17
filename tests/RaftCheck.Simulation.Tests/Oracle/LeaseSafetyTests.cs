namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>While a leader serves reads by its lease, nobody leads in a later term (dissertation, §6.4.1).</summary>
public sealed class LeaseSafetyTests
{
    [Fact]
    public void A_read_by_lease_after_another_election_violates_it() =>
        new OracleScript().Leader(0, 1).ReadByLease(0).Leader(1, 2).IsLegal().ReadByLease(0)
            .Violates("Lease Safety", "n0, leader of term 1, served a read by its lease, although n1 had become leader of term 2.");

    [Fact]
    public void A_candidate_is_no_leader() => new OracleScript().Leader(0, 1).Candidate(1, 2).ReadByLease(0).IsLegal();
}
