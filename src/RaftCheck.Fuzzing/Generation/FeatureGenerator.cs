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
        from snapshots in Rarely(2, Gen.Elements(1, 2, 4, 8), otherwise: 0)
        from spares in Rarely(4, Gen.Choose(0, Math.Max(0, servers - 2)), otherwise: 0)
        from lowPriority in Rarely(6, Gen.Choose(0, (1 << servers) - 1), otherwise: 0)
        from trailing in Gen.Elements(0, 0, 1, 4)
        from chunk in Gen.Elements(20, 60, 200, 65_536)
        from inFlight in Gen.Elements(1, 2, 8)
        from uncommitted in Rarely(8, Gen.Choose(1, 4), otherwise: 16_384)
        from sessions in Rarely(10, Gen.Choose(1, 3), otherwise: 10_000)
        from sessionTimeout in Rarely(10, Gen.Choose(20, durationMs), otherwise: 3_600_000)
        from segment in Gen.Elements(4 << 20, 300, 1_000)
        from transferTimeout in Gen.Choose(1, 2 * settings.ElectionTimeoutMaxMs)
        select settings with
        {
            PreVote = preVote,
            CheckQuorum = checkQuorum,
            Reads = reads,
            Spares = spares,
            LowPriority = lowPriority,
            SnapshotEntries = snapshots,
            SnapshotTrailingEntries = trailing,
            SnapshotChunkBytes = chunk,
            MaxInFlightAppends = inFlight,
            MaxUncommittedEntries = uncommitted,
            MaxSessions = sessions,
            SessionTimeoutMs = sessionTimeout,
            WalSegmentBytes = segment,
            TransferTimeoutMs = transferTimeout,
        };

    /// <summary>A limit so low that it shapes the whole run: in one scenario of so many, because most bugs need a cluster that gets somewhere.</summary>
    private static Gen<int> Rarely(int oneIn, Gen<int> low, int otherwise) => Gen.Frequency((oneIn - 1, Gen.Constant(otherwise)), (1, low));
}
