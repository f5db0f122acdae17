using FsCheck;
using FsCheck.Fluent;
using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Generation;

/// <summary>
/// Draws which features of the system a scenario uses, and how tightly: a random subset of them (swarm testing), with
/// limits so low that they are reached within a scenario's few operations.
/// </summary>
internal static class FeatureGenerator
{
    /// <summary>The settings, with features.</summary>
    /// <param name="settings">The settings without.</param>
    /// <param name="servers">How many servers there are.</param>
    /// <param name="durationMs">How long the scenario goes on, in milliseconds.</param>
    public static Gen<SystemSettings> WithFeatures(SystemSettings settings, int servers, int durationMs) =>
        from preVote in Gen.Elements(true, false)
        from checkQuorum in Gen.Elements(true, false)
        from reads in Gen.Elements(ReadPath.Log, ReadPath.ReadIndex, ReadPath.Lease)
        from spares in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(0, Math.Max(0, servers - 2))))
        from lowPriority in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, (1 << servers) - 1)))
        from snapshotEntries in Gen.Elements(0, 1, 2, 4, 8)
        from trailing in Gen.Elements(0, 0, 1, 4)
        from chunk in Gen.Elements(20, 60, 200, 65_536)
        from inFlight in Gen.Elements(1, 2, 8)
        from uncommitted in Gen.Frequency((5, Gen.Constant(16_384)), (1, Gen.Choose(1, 4)))
        from sessions in Gen.Frequency((4, Gen.Constant(10_000)), (1, Gen.Choose(1, 3)))
        from sessionTimeout in Gen.Frequency((3, Gen.Constant(3_600_000)), (1, Gen.Choose(20, durationMs)))
        from segment in Gen.Elements(4 << 20, 300, 1_000)
        from transferTimeout in Gen.Choose(1, 2 * settings.ElectionTimeoutMaxMs)
        select settings with
        {
            PreVote = preVote,
            CheckQuorum = checkQuorum,
            Reads = reads,
            Spares = spares,
            LowPriority = lowPriority,
            SnapshotEntries = snapshotEntries,
            SnapshotTrailingEntries = trailing,
            SnapshotChunkBytes = chunk,
            MaxInFlightAppends = inFlight,
            MaxUncommittedEntries = uncommitted,
            MaxSessions = sessions,
            SessionTimeoutMs = sessionTimeout,
            WalSegmentBytes = segment,
            TransferTimeoutMs = transferTimeout,
        };
}
