namespace RaftCheck.Raft;

/// <summary>What came of a transfer of the leadership (dissertation, §3.10).</summary>
public enum TransferResult
{
    /// <summary>A newer term has begun, and this server does not lead any more. As a rule it is the target that does.</summary>
    Succeeded,

    /// <summary>No newer term has begun in time. This server takes commands again, if it still leads.</summary>
    TimedOut,

    /// <summary>This server is not the leader.</summary>
    NotLeader,

    /// <summary>Another transfer is under way.</summary>
    AlreadyUnderWay,

    /// <summary>The target is this server, or no voter of the configuration.</summary>
    NoSuchTarget,
}
