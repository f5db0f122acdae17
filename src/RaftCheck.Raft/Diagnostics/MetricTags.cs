namespace RaftCheck.Raft.Diagnostics;

/// <summary>The attributes of measurements. Their values are made once, so that a measurement allocates nothing.</summary>
internal static class MetricTags
{
    public const string NodeId = "raft.node.id";
    public const string Role = "raft.role";
    public const string LeaderChange = "raft.leader.change";
    public const string ElectionEvent = "raft.election.event";
    public const string EntryKind = "raft.entry.kind";
    public const string ApplyOutcome = "raft.apply.outcome";
    public const string ChunkOutcome = "raft.chunk.outcome";
    public const string TransferEvent = "raft.transfer.event";
    public const string ReadKind = "raft.read.kind";

    public static KeyValuePair<string, object?> LeadershipWon { get; } = new(LeaderChange, "won");

    public static KeyValuePair<string, object?> LeadershipLost { get; } = new(LeaderChange, "lost");

    public static KeyValuePair<string, object?> Of<T>(string attribute, T value)
        where T : struct, Enum => new(attribute, EnumNames<T>.Of(value));
}
