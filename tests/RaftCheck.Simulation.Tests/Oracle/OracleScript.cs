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

    public OracleScript(int servers = 3) => oracle = new RaftOracle(servers, this);

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

    public OracleScript Apply(int server, params string[] entries)
    {
        foreach (var entry in entries)
        {
            oracle.Applied(new NodeId(server), Entry(entry));
        }

        return this;
    }

    public OracleScript ApplyConfiguration(int server, int index, int term, ClusterConfiguration configuration) =>
        Do(() => oracle.Applied(new NodeId(server), Entry(index, term, configuration)));

    /// <summary>A server comes up for the first time.</summary>
    public OracleScript Begin(int server, ClusterConfiguration configuration) =>
        Do(() => oracle.Recovered(new NodeId(server), new RecoveredState(Term.Zero, null, null, LogIndex.Zero, Term.Zero, [], configuration)));

    public OracleScript AppendConfiguration(int server, int index, int term, ClusterConfiguration configuration) =>
        Do(() => oracle.Appended(new NodeId(server), Entry(index, term, configuration)));

    public OracleScript Use(int server, int index, ClusterConfiguration configuration) =>
        Do(() => oracle.ConfigurationChanged(new NodeId(server), configuration, new LogIndex(index)));

    /// <summary>A server adds a configuration to its log, and goes by it.</summary>
    public OracleScript Change(int server, int index, int term, ClusterConfiguration configuration) =>
        AppendConfiguration(server, index, term, configuration).Use(server, index, configuration);

    public OracleScript Snapshot(int server, int index, int term, int configurationIndex, ClusterConfiguration configuration) =>
        Do(() => oracle.SnapshotTaken(
            new NodeId(server),
            new SnapshotMetadata(new LogIndex(index), new Term(term), configuration, new LogIndex(configurationIndex), TimeSpan.Zero)));

    public OracleScript Crash(int server) => Do(() => oracle.Crashed(new NodeId(server)));

    public OracleScript Recover(int server, int term, params string[] log) =>
        Do(() => oracle.Recovered(
            new NodeId(server),
            new RecoveredState(new Term(term), null, null, LogIndex.Zero, Term.Zero, [.. log.Select(Entry)], ClusterConfiguration.Empty)));

    public OracleScript RecoverWithVote(int server, int term, int votedFor) =>
        Do(() => oracle.Recovered(
            new NodeId(server),
            new RecoveredState(new Term(term), new NodeId(votedFor), null, LogIndex.Zero, Term.Zero, [], ClusterConfiguration.Empty)));

    public OracleScript Vote(int server, int term, int candidate) =>
        Do(() => oracle.VotePromised(new NodeId(server), new Term(term), new NodeId(candidate)));

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

    void IRunRecorder.Violate(string property, string message) => violations.Add((property, message));

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

    private static LogEntry Entry(int index, int term, ClusterConfiguration configuration) =>
        new(new LogIndex(index), new Term(term), configuration.Encode()) { Kind = EntryKind.Configuration };

    private static LogEntry Entry(string text)
    {
        var parts = text.Split(':');
        var command = new KeyValueCommand(KeyValueOperation.Put, "k", parts[2]);
        return new LogEntry(new LogIndex(int.Parse(parts[0])), new Term(int.Parse(parts[1])), command.Encode());
    }
}
