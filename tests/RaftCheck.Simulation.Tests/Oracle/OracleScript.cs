using RaftCheck.Raft;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Storage;
using RaftCheck.RaftSystem.Oracle;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>A trace made by hand, told to the oracle step by step. An entry is written "index:term:command".</summary>
internal sealed class OracleScript : IRunRecorder
{
    private readonly RaftOracle oracle;
    private readonly List<(string Property, string Message)> violations = [];
    private string? heard;

    /// <summary>All servers are voters of the first configuration.</summary>
    public OracleScript(int servers = 3)
    {
        oracle = new RaftOracle(servers, this);
        Use(Voters([.. Enumerable.Range(0, servers)]), 0, [.. Enumerable.Range(0, servers)]);
    }

    /// <summary>A script about one property: what violates others only is not heard.</summary>
    public static OracleScript About(string property, int servers = 3) => new(servers) { heard = property };

    public static ClusterConfiguration Voters(params int[] servers) => ClusterConfiguration.Of(servers.Select(server => new NodeId(server)));

    public int Elections { get; private set; }

    public long Commits { get; private set; }

    public RaftOracle Oracle => oracle;

    public bool IsViolated => violations.Count > 0;

    public OracleScript Leader(int server, int term) => Role(server, Raft.Role.Leader, term);

    public OracleScript Candidate(int server, int term) => Role(server, Raft.Role.Candidate, term);

    public OracleScript Follower(int server, int term) => Role(server, Raft.Role.Follower, term);

    public OracleScript Append(int server, params string[] entries)
    {
        foreach (var entry in entries)
        {
            oracle.Appended(new NodeId(server), Entry(entry));
        }

        return this;
    }

    public OracleScript Truncate(int server, int from) => Do(() => oracle.Truncated(new NodeId(server), new LogIndex(from)));

    public OracleScript Commit(int server, int index) => Do(() => oracle.Committed(new NodeId(server), new LogIndex(index)));

    public OracleScript Persist(int server, int upTo) => Do(() => oracle.Persisted(new NodeId(server), new LogIndex(upTo)));

    /// <summary>The servers use a configuration; the leader among them is about to append it, or all have done so.</summary>
    public OracleScript Use(ClusterConfiguration configuration, int index, params int[] users) => Do(() =>
    {
        foreach (var server in users)
        {
            oracle.ConfigurationChanged(new NodeId(server), configuration, new LogIndex(index));
        }
    });

    public OracleScript Append(int server, int index, int term, ClusterConfiguration configuration) => Do(() => oracle.Appended(
        new NodeId(server), new LogEntry(new LogIndex(index), new Term(term), configuration.Encode()) { Kind = EntryKind.Configuration }));

    public OracleScript Grant(int voter, int term, int candidate) => Do(() => oracle.VotePromised(new NodeId(voter), new Term(term), new NodeId(candidate)));

    public OracleScript ReadByLease(int server) => Do(() => oracle.ReadByLease(new NodeId(server)));

    public OracleScript Apply(int server, params string[] entries)
    {
        foreach (var entry in entries)
        {
            oracle.Applied(new NodeId(server), Entry(entry), ApplyOutcome.Executed, 0);
        }

        return this;
    }

    public OracleScript Apply(int server, string entry, ApplyOutcome outcome, ulong state, ClientSequence? client = null) =>
        Do(() => oracle.Applied(new NodeId(server), Entry(entry) with { Client = client }, outcome, state));

    public OracleScript Restore(int server, int upTo, int term, ulong state) =>
        Do(() => oracle.StateRestored(new NodeId(server), new SnapshotMetadata(new LogIndex(upTo), new Term(term), ClusterConfiguration.Empty, LogIndex.Zero, TimeSpan.Zero), state));

    public OracleScript Crash(int server) => Do(() => oracle.Crashed(new NodeId(server)));

    public OracleScript Recover(int server, int term, params string[] log) => Recover(server, term, null, log);

    public OracleScript Recover(int server, int term, int? votedFor, params string[] log) => Do(() => oracle.Recovered(
        new NodeId(server),
        new RecoveredState(
            new Term(term),
            votedFor is { } vote ? new NodeId(vote) : null,
            null,
            LogIndex.Zero,
            Term.Zero,
            [.. log.Select(Entry)],
            ClusterConfiguration.Empty),
        0));

    public OracleScript Acknowledge(int server, int term, int index, int entryTerm) =>
        Do(() => oracle.LogPromised(new NodeId(server), new Term(term), new LogIndex(index), new Term(entryTerm)));

    /// <summary>Up to here, nothing is wrong.</summary>
    public OracleScript IsLegal()
    {
        Assert.Empty(violations);
        return this;
    }

    /// <summary>Exactly one property was violated, once, with exactly this message.</summary>
    public void Violates(string property, string message) => Assert.Equal((property, message), Assert.Single(violations));

    void IRunRecorder.Trace(int server, string name, int peer, object? detail)
    {
    }

    void IRunRecorder.Violate(string property, string message)
    {
        if (heard is null || heard == property)
        {
            violations.Add((property, message));
        }
    }

    void IRunRecorder.Count(int feature)
    {
    }

    void IRunRecorder.CountElection() => Elections++;

    void IRunRecorder.ConfigurationChanged()
    {
    }

    void IRunRecorder.CountCommits(long entries) => Commits += entries;

    private OracleScript Role(int server, Role role, int term) => Do(() => oracle.RoleChanged(new NodeId(server), role, new Term(term)));

    private OracleScript Do(Action step)
    {
        step();
        return this;
    }

    private static LogEntry Entry(string text)
    {
        var parts = text.Split(':');
        var command = new KeyValueCommand(KeyValueOperation.Put, "k", parts[2]);
        return new LogEntry(new LogIndex(int.Parse(parts[0])), new Term(int.Parse(parts[1])), command.Encode());
    }
}
