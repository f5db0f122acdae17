using RaftCheck.Raft;
using RaftCheck.Raft.Storage;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// Sees every step of every server, and asserts at each the properties of Figure 3, and more, at a constant cost a step. Each
/// property is a file of its own in this folder.
/// </summary>
internal sealed class RaftOracle
{
    /// <summary>A snapshot replaces committed and applied entries, and nothing else (§7).</summary>
    public const string SnapshotSafety = "Snapshot Safety";

    private readonly ServerView[] servers;
    private readonly IRunRecorder recorder;
    private readonly ElectionSafety electionSafety;
    private readonly LeaderAppendOnly leaderAppendOnly;
    private readonly LogMatchingProperty logMatching;
    private readonly LeaderCompleteness leaderCompleteness;
    private readonly StateMachineSafety stateMachineSafety;
    private readonly OneVoteATerm oneVoteATerm;
    private readonly MonotonicState monotonicState;
    private readonly Durability durability;
    private readonly QuorumDurability quorumDurability;
    private readonly ConfigurationSafety configurationSafety;
    private readonly LeaseSafety leaseSafety;
    private readonly ExactlyOnce exactlyOnce;
    private readonly EqualReplicas equalReplicas;

    public RaftOracle(int clusterSize, IRunRecorder recorder)
    {
        this.recorder = recorder;
        servers = [.. Enumerable.Range(0, clusterSize).Select(server => new ServerView(new NodeId(server)))];
        electionSafety = new ElectionSafety(recorder);
        leaderAppendOnly = new LeaderAppendOnly(recorder);
        logMatching = new LogMatchingProperty(recorder);
        leaderCompleteness = new LeaderCompleteness(recorder, servers);
        stateMachineSafety = new StateMachineSafety(recorder);
        oneVoteATerm = new OneVoteATerm(recorder);
        monotonicState = new MonotonicState(recorder);
        durability = new Durability(recorder);
        quorumDurability = new QuorumDurability(recorder, servers);
        configurationSafety = new ConfigurationSafety(recorder, clusterSize);
        leaseSafety = new LeaseSafety(recorder);
        exactlyOnce = new ExactlyOnce(recorder);
        equalReplicas = new EqualReplicas(recorder);
    }

    /// <summary>The names of the properties.</summary>
    public static IReadOnlyList<string> Properties { get; } =
    [
        ElectionSafety.Name, LeaderAppendOnly.Name, LogMatchingProperty.Name, LeaderCompleteness.Name, StateMachineSafety.Name,
        OneVoteATerm.Name, MonotonicState.Name, Durability.Name, QuorumDurability.Name, SnapshotSafety, ConfigurationSafety.Name,
        LeaseSafety.Name, ExactlyOnce.Name, EqualReplicas.Name,
    ];

    /// <summary>The server that leads in the latest term, or null.</summary>
    public NodeId? FindLeader()
    {
        ServerView? leader = null;
        foreach (var server in servers)
        {
            if (server.Role == Role.Leader && (leader is null || server.Term > leader.Term))
            {
                leader = server;
            }
        }

        return leader?.Id;
    }

    /// <summary>
    /// Each server's role, and how its term and the end of its log compare with the next server's: the numbers themselves
    /// only count up, and would make every state a new one.
    /// </summary>
    public int AbstractState
    {
        get
        {
            var state = 17;
            for (var i = 0; i < servers.Length; i++)
            {
                var server = servers[i];
                var next = servers[(i + 1) % servers.Length];
                var terms = Math.Sign(server.Term.CompareTo(next.Term)) + 1;
                var lastTerms = Math.Sign(server.TermAt(server.LastIndex).CompareTo(next.TermAt(next.LastIndex))) + 1;
                var lengths = Math.Sign(server.LastIndex.CompareTo(next.LastIndex)) + 1;
                state = unchecked((state * 31) + ((((((int)server.Role * 3) + terms) * 3) + lastTerms) * 3) + lengths);
            }

            return state;
        }
    }

    public void Crashed(NodeId server) => servers[server.Value].Role = Role.Follower;

    /// <param name="node">The server.</param>
    /// <param name="state">What it has found on its disk.</param>
    /// <param name="stateDigest">The digest of its state machine, which it has set to the snapshot's state.</param>
    public void Recovered(NodeId node, RecoveredState state, ulong stateDigest)
    {
        var server = servers[node.Value];
        var owed = Durability.BeforeRecovery(server);
        recorder.Trace(node.Value, "recovered", -1, new Recovery(state.CurrentTerm, state.VotedFor, state.Snapshot?.LastIncludedIndex ?? LogIndex.Zero, state.BaseIndex + state.Log.Count));
        server.Role = Role.Follower;
        server.Term = state.CurrentTerm;
        server.Configuration = state.Configuration;
        server.LastApplied = server.CommitIndex = state.Snapshot?.LastIncludedIndex ?? LogIndex.Zero;
        server.TruncateFrom(LogIndex.Zero.Next);
        if (!leaderCompleteness.Cover(server, state.BaseIndex, state.BaseTerm))
        {
            recorder.Violate(SnapshotSafety, $"{node} came up with a log that begins after index {state.BaseIndex} of term {state.BaseTerm}, which was never committed.");
            return;
        }

        foreach (var entry in state.Log)
        {
            server.Append(entry);
        }

        server.DurableIndex = server.LastIndex;
        durability.Recovered(server, owed, state);
        logMatching.CheckLast(server);
        equalReplicas.StateIs(server, server.LastApplied, stateDigest);
    }

    public void SnapshotTaken(NodeId node, SnapshotMetadata snapshot)
    {
        var server = servers[node.Value];
        recorder.Trace(node.Value, "snapshot", -1, snapshot);
        if (snapshot.LastIncludedIndex > server.LastApplied || server.TermAt(snapshot.LastIncludedIndex) != snapshot.LastIncludedTerm)
        {
            recorder.Violate(SnapshotSafety, $"{node} took a snapshot up to index {snapshot.LastIncludedIndex} of term {snapshot.LastIncludedTerm}, but has applied up to index {server.LastApplied}.");
        }
    }

    public void SnapshotInstalled(NodeId node, SnapshotMetadata snapshot, bool logKept)
    {
        var server = servers[node.Value];
        recorder.Trace(node.Value, logKept ? "install, log kept" : "install, log discarded", -1, snapshot);
        if (!logKept)
        {
            durability.Truncated(server, snapshot.LastIncludedIndex.Next);
            server.TruncateFrom(LogIndex.Zero.Next);
        }

        if (!leaderCompleteness.Cover(server, snapshot.LastIncludedIndex, snapshot.LastIncludedTerm))
        {
            recorder.Violate(SnapshotSafety, $"{node} installed a snapshot up to index {snapshot.LastIncludedIndex} of term {snapshot.LastIncludedTerm}, which was never committed.");
            return;
        }

        server.DurableIndex = LogIndex.Max(server.DurableIndex, snapshot.LastIncludedIndex);

        logMatching.CheckLast(server);
    }

    public void StateRestored(NodeId node, SnapshotMetadata snapshot, ulong stateDigest)
    {
        var server = servers[node.Value];
        recorder.Trace(node.Value, "restore", -1, snapshot);
        stateMachineSafety.Restored(server, snapshot.LastIncludedIndex);
        equalReplicas.StateIs(server, snapshot.LastIncludedIndex, stateDigest);
    }

    public void Persisted(NodeId node, LogIndex durableLastIndex) => servers[node.Value].DurableIndex = durableLastIndex;

    /// <summary>An answer leaves a server that gives its vote; or a server asks others for theirs, and so counts on its own.</summary>
    public void VotePromised(NodeId node, Term term, NodeId candidate)
    {
        var server = servers[node.Value];
        server.Promise(term, candidate);
        oneVoteATerm.Granted(server, term, candidate);
    }

    /// <summary>An answer leaves a server that says that it has the log up to an entry.</summary>
    public void LogPromised(NodeId node, Term inTerm, LogIndex index, Term entryTerm) =>
        durability.Acknowledged(servers[node.Value], inTerm, index, entryTerm);

    public void ReadByLease(NodeId node) => leaseSafety.Read(servers[node.Value]);

    public void Compacted(NodeId node, LogIndex upTo) => recorder.Trace(node.Value, "compact", -1, upTo);

    public void ConfigurationChanged(NodeId node, ClusterConfiguration configuration, LogIndex index)
    {
        var server = servers[node.Value];
        recorder.Trace(node.Value, "configuration", -1, configuration);
        server.Configuration = configuration;
        server.ConfigurationIndex = index;
        recorder.ConfigurationChanged();
    }

    public void Note(NodeId node, string what, NodeId? peer, object detail) => recorder.Trace(node.Value, what, peer?.Value ?? -1, detail);

    /// <summary>What the oracle knows of a server.</summary>
    public ServerView View(NodeId node) => servers[node.Value];

    public void RoleChanged(NodeId node, Role role, Term term)
    {
        var server = servers[node.Value];
        monotonicState.TermIs(server, term);
        server.Role = role;
        server.Term = term;
        recorder.Trace(node.Value, NameOf(role), -1, term);
        if (role == Role.Leader)
        {
            recorder.CountElection();
            electionSafety.Elected(server);
            leaderCompleteness.Elected(server);
            leaseSafety.Elected(server);
            VotePromised(node, term, node);
        }
    }

    public void Voted(NodeId node, Term term, NodeId candidate) => recorder.Trace(node.Value, "vote", candidate.Value, term);

    public void Appended(NodeId node, LogEntry entry)
    {
        var server = servers[node.Value];
        recorder.Trace(node.Value, "append", -1, entry);
        server.Append(entry);
        logMatching.CheckLast(server);
        if (entry.Kind == EntryKind.Configuration && server.Role == Role.Leader)
        {
            configurationSafety.Appended(server, entry);
        }
    }

    public void Truncated(NodeId node, LogIndex from)
    {
        var server = servers[node.Value];
        recorder.Trace(node.Value, "truncate", -1, from);
        leaderAppendOnly.Truncated(server, from);
        durability.Truncated(server, from);
        server.TruncateFrom(from);
    }

    public void Committed(NodeId node, LogIndex commitIndex)
    {
        var server = servers[node.Value];
        recorder.Trace(node.Value, "commit", -1, commitIndex);
        monotonicState.Committed(server, commitIndex);
        quorumDurability.Committed(server, commitIndex);
        leaderCompleteness.Committed(server, commitIndex);
    }

    /// <param name="node">The server.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="stateDigest">The digest of the state machine behind it.</param>
    public void Applied(NodeId node, LogEntry entry, ApplyOutcome outcome, ulong stateDigest)
    {
        var server = servers[node.Value];
        recorder.Trace(node.Value, "apply", -1, entry);
        stateMachineSafety.Applied(server, entry);
        equalReplicas.Applied(server, entry.Index, outcome, stateDigest);
        if (outcome == ApplyOutcome.Executed)
        {
            exactlyOnce.Executed(server, entry);
        }
    }

    private static string NameOf(Role role) => role switch
    {
        Role.Leader => "leader",
        Role.Candidate => "candidate",
        Role.PreCandidate => "pre-candidate",
        _ => "follower",
    };

    /// <summary>What a server found on its disk.</summary>
    internal sealed record Recovery(Term Term, NodeId? VotedFor, LogIndex SnapshotIndex, LogIndex LastIndex);
}
