namespace RaftCheck.Raft.Benchmarks;

/// <summary>Where the servers keep their files.</summary>
public enum Disk
{
    /// <summary>Nowhere: a flush costs nothing.</summary>
    Memory,

    /// <summary>In a directory of the machine, with real flushes.</summary>
    Flushed,
}
