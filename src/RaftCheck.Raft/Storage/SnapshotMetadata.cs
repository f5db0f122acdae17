namespace RaftCheck.Raft.Storage;

/// <summary>What a snapshot stands for (§7, Figure 13; the dissertation's Figure 5.3 for the configuration).</summary>
/// <param name="LastIncludedIndex">The snapshot replaces all entries up through this index; 1 or more.</param>
/// <param name="LastIncludedTerm">The term of that entry.</param>
/// <param name="Configuration">The latest configuration of the cluster as of that entry.</param>
/// <param name="ConfigurationIndex">The index of that configuration's entry; 0 for the one that the cluster began with.</param>
/// <param name="Time">The cluster's time at that entry.</param>
public sealed record SnapshotMetadata(
    LogIndex LastIncludedIndex,
    Term LastIncludedTerm,
    ClusterConfiguration Configuration,
    LogIndex ConfigurationIndex,
    TimeSpan Time);
