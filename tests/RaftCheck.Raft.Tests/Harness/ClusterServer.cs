using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>One server of a <see cref="Cluster"/>: its disk stays over crashes, its node does not.</summary>
internal sealed class ClusterServer(NodeId id, ClusterConfiguration bootstrap, ClusterSafety safety) : IRaftObserver
{
    public NodeId Id { get; } = id;

    /// <summary>What it is opened with; a storage that was used before knows better.</summary>
    public ClusterConfiguration Bootstrap { get; } = bootstrap;

    /// <summary>The present process's node; that of the last one while the server is down.</summary>
    public RaftNode Node { get; set; } = null!;

    public TestDisk Disk { get; set; } = new();

    /// <summary>The present process's state machine.</summary>
    public RecordingStateMachine Machine { get; set; } = new();

    public bool IsUp { get; set; }

    public NodeStatus Status => Node.GetStatus();

    public Role Role => Status.Role;

    public ClusterConfiguration Configuration => Status.Configuration;

    /// <summary>The commands that its state machine has, as text.</summary>
    public string[] Commands => [.. Machine.Applied.Select(entry => System.Text.Encoding.UTF8.GetString(entry.Command.Span))];

    /// <summary>All that was reported, of every process so far.</summary>
    public List<(ElectionEvent Reason, Term Term)> ElectionEvents { get; } = [];

    /// <summary>The configurations that came into use, of every process so far.</summary>
    public List<ClusterConfiguration> Configurations { get; } = [];

    /// <summary>The terms in which it stood for election.</summary>
    public List<Term> Candidacies { get; } = [];

    void IRaftObserver.RoleChanged(Role role, Term term)
    {
        safety.RoleChanged(Id, role, term);
        if (role == Role.Candidate)
        {
            Candidacies.Add(term);
        }
    }

    void IRaftObserver.ElectionEvent(ElectionEvent reason, Term term) => ElectionEvents.Add((reason, term));

    void IRaftObserver.ConfigurationChanged(ClusterConfiguration configuration, LogIndex index) => Configurations.Add(configuration);

    void IRaftObserver.Applied(LogEntry entry, ApplyOutcome outcome) => safety.Applied(Id, entry);
}

/// <summary>What must hold in every cluster at every moment (Figure 3).</summary>
internal sealed class ClusterSafety
{
    private readonly Dictionary<Term, NodeId> leaders = [];
    private readonly Dictionary<LogIndex, (LogEntry Entry, NodeId By)> applied = [];

    public void RoleChanged(NodeId server, Role role, Term term)
    {
        if (role == Role.Leader && !leaders.TryAdd(term, server))
        {
            Assert.Fail($"Election Safety: {leaders[term]} and {server} both lead term {term}.");
        }
    }

    public void Applied(NodeId server, LogEntry entry)
    {
        if (applied.TryAdd(entry.Index, (entry, server)))
        {
            return;
        }

        var (other, by) = applied[entry.Index];
        Assert.True(
            other.Term == entry.Term && other.Kind == entry.Kind && other.Command.Span.SequenceEqual(entry.Command.Span),
            $"State Machine Safety: at index {entry.Index}, {server} applied an entry of term {entry.Term}, and {by} one of term {other.Term}.");
    }
}

/// <summary>Draws election timeouts that differ between the servers, the same ones in each run.</summary>
internal sealed class SeededRandomness(int seed) : IRandomness
{
    private readonly Random random = new(seed);

    public TimeSpan NextDuration(TimeSpan shortest, TimeSpan longest) =>
        shortest + TimeSpan.FromMilliseconds(random.Next((int)(longest - shortest).TotalMilliseconds + 1));
}
