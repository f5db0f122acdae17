namespace RaftCheck.Raft;

/// <summary>What a <see cref="ConfigurationChange"/> does.</summary>
public enum ConfigurationChangeKind
{
    /// <summary>A new server receives the log, and does not vote (dissertation, §4.2.1).</summary>
    AddLearner,

    /// <summary>A new server, or a learner, becomes a voter.</summary>
    AddVoter,

    /// <summary>A voter becomes a learner.</summary>
    DemoteVoter,

    /// <summary>A server leaves the cluster.</summary>
    Remove,

    /// <summary>Any other set of servers takes the place of the present one (§4.3).</summary>
    Replace,

    /// <summary>A joint consensus that does not end by itself is left (§4.3).</summary>
    LeaveJoint,
}

/// <summary>A change of the cluster's configuration, as <see cref="RaftNode.ChangeConfigurationAsync"/> takes it. Immutable.</summary>
public sealed record ConfigurationChange
{
    private ConfigurationChange(ConfigurationChangeKind kind) => Kind = kind;

    /// <summary>What it does.</summary>
    public ConfigurationChangeKind Kind { get; }

    /// <summary>The server that it concerns; meaningless for <see cref="ConfigurationChangeKind.Replace"/> and <see cref="ConfigurationChangeKind.LeaveJoint"/>.</summary>
    public NodeId Server { get; private init; }

    /// <summary>For <see cref="ConfigurationChangeKind.Replace"/>, all servers that vote in the end; otherwise empty.</summary>
    public IReadOnlyList<NodeId> Voters { get; private init; } = [];

    /// <summary>For <see cref="ConfigurationChangeKind.Replace"/>, all learners in the end; otherwise empty.</summary>
    public IReadOnlyList<NodeId> Learners { get; private init; } = [];

    /// <summary>For <see cref="ConfigurationChangeKind.Replace"/>, whether a joint consensus is left by the leader itself.</summary>
    public bool AutoLeave { get; private init; }

    /// <summary>A new server receives the log from now on, and neither votes nor counts.</summary>
    /// <param name="server">The server; not a member yet.</param>
    public static ConfigurationChange AddLearner(NodeId server) => new(ConfigurationChangeKind.AddLearner) { Server = server };

    /// <summary>
    /// A server becomes a voter. One that is not a member yet is made a learner first, and gets its vote when it has caught
    /// up (§4.2.1); if it can't, it is taken out again, and the change is refused. One that is a learner already gets its
    /// vote at once, or the change is refused because it is too far behind.
    /// </summary>
    /// <param name="server">
    /// The server; not a voter yet. A server that has lost its disk must come back under another identity: its votes and
    /// its acknowledgements of before are forgotten, and others count on them.
    /// </param>
    public static ConfigurationChange AddVoter(NodeId server) => new(ConfigurationChangeKind.AddVoter) { Server = server };

    /// <summary>A voter becomes a learner: it keeps receiving the log. A leader then steps down.</summary>
    /// <param name="server">The server; a voter, and not the last one.</param>
    public static ConfigurationChange DemoteVoter(NodeId server) => new(ConfigurationChangeKind.DemoteVoter) { Server = server };

    /// <summary>A server leaves the cluster. It keeps what it has. A leader then steps down (§4.2.2).</summary>
    /// <param name="server">The server; a learner, or a voter that is not the last one.</param>
    public static ConfigurationChange Remove(NodeId server) => new(ConfigurationChangeKind.Remove) { Server = server };

    /// <summary>
    /// Any configuration takes the place of the present one, by joint consensus (§4.3); directly if no more than one voter
    /// differs and <paramref name="autoLeave"/> is set. Servers that are new count at once, with the empty log that they
    /// begin with: add them as learners first, so that the cluster does not wait for them.
    /// </summary>
    /// <param name="voters">All servers that vote in the end; at least one.</param>
    /// <param name="learners">All learners in the end; none of them a voter.</param>
    /// <param name="autoLeave">
    /// Whether the leader leaves the joint consensus by itself once it is committed; otherwise it lasts until
    /// <see cref="LeaveJoint"/>.
    /// </param>
    public static ConfigurationChange Replace(IEnumerable<NodeId> voters, IEnumerable<NodeId>? learners = null, bool autoLeave = true) =>
        new(ConfigurationChangeKind.Replace) { Voters = [.. voters], Learners = [.. learners ?? []], AutoLeave = autoLeave };

    /// <summary>Ends a joint consensus that was begun without auto-leave.</summary>
    public static ConfigurationChange LeaveJoint() => new(ConfigurationChangeKind.LeaveJoint);

    /// <summary>The change in words.</summary>
    public override string ToString() => Kind switch
    {
        ConfigurationChangeKind.AddLearner => $"add {Server} as a learner",
        ConfigurationChangeKind.AddVoter => $"make {Server} a voter",
        ConfigurationChangeKind.DemoteVoter => $"make {Server} a learner",
        ConfigurationChangeKind.Remove => $"remove {Server}",
        ConfigurationChangeKind.Replace => $"replace the voters by ({string.Join(' ', Voters)}) and the learners by ({string.Join(' ', Learners)})",
        _ => "leave the joint consensus",
    };
}
