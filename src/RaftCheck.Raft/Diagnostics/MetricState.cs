namespace RaftCheck.Raft.Diagnostics;

/// <summary>
/// The node's state as its gauges show it. One thread at a time writes each value, and whoever collects the gauges reads
/// them, at any time: each is a whole number by itself, and no two of them are read as of one moment.
/// </summary>
internal sealed class MetricState(NodeId node)
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();

    private long term;
    private long role = (long)Raft.Role.Follower;
    private long @base;
    private long lastIndex;
    private long durableIndex;
    private long commitIndex;
    private long appliedIndex;
    private long snapshotIndex;
    private long voters;
    private long learners;
    private volatile bool isOver;

    /// <summary>The attribute that says which node it is.</summary>
    public KeyValuePair<string, object?> Node { get; } = new(MetricTags.NodeId, node.ToString());

    /// <summary>Whether the gauges show nothing any more.</summary>
    public bool IsOver
    {
        get => isOver;
        set => isOver = value;
    }

    public long Term
    {
        get => Volatile.Read(ref term);
        set => Volatile.Write(ref term, value);
    }

    public Role Role
    {
        get => (Role)Volatile.Read(ref role);
        set => Volatile.Write(ref role, (long)value);
    }

    /// <summary>The last index that was compacted away.</summary>
    public long Base
    {
        get => Volatile.Read(ref @base);
        set => Volatile.Write(ref @base, value);
    }

    public long LastIndex
    {
        get => Volatile.Read(ref lastIndex);
        set => Volatile.Write(ref lastIndex, value);
    }

    public long DurableIndex
    {
        get => Volatile.Read(ref durableIndex);
        set => Volatile.Write(ref durableIndex, value);
    }

    public long CommitIndex => Volatile.Read(ref commitIndex);

    public long AppliedIndex
    {
        get => Volatile.Read(ref appliedIndex);
        set => Volatile.Write(ref appliedIndex, value);
    }

    public long SnapshotIndex => Volatile.Read(ref snapshotIndex);

    public long Voters => Volatile.Read(ref voters);

    public long Learners => Volatile.Read(ref learners);

    /// <summary>The commit index never falls, and a snapshot may be heard of after a later commit.</summary>
    public void RaiseCommit(long to) => Volatile.Write(ref commitIndex, Math.Max(commitIndex, to));

    public void RaiseSnapshot(long to) => Volatile.Write(ref snapshotIndex, Math.Max(snapshotIndex, to));

    public void Use(ClusterConfiguration configuration)
    {
        Volatile.Write(ref voters, configuration.Members().Count - configuration.Learners.Count);
        Volatile.Write(ref learners, configuration.Learners.Count);
    }

    /// <summary>One measurement: 1 for the role that the node has, 0 for the others, so that roles can be summed over nodes.</summary>
    public IEnumerable<System.Diagnostics.Metrics.Measurement<long>> ObserveRoles()
    {
        var now = Role;
        return IsOver ? [] : Roles.Select(each =>
            new System.Diagnostics.Metrics.Measurement<long>(each == now ? 1 : 0, Node, MetricTags.Of(MetricTags.Role, each)));
    }
}
