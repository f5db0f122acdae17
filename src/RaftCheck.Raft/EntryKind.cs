namespace RaftCheck.Raft;

/// <summary>What an entry of the log is for. The numbers are part of the formats of the log and of messages.</summary>
public enum EntryKind : byte
{
    /// <summary>A command for the state machine (§5.3).</summary>
    Command = 0,

    /// <summary>Nothing but its term: each leader's first entry, by which it commits what earlier leaders left (§8).</summary>
    NoOp = 1,

    /// <summary>A configuration of the cluster (dissertation, chapter 4). It is used as soon as it is in the log.</summary>
    Configuration = 2,

    /// <summary>A new client session, whose identity is the entry's index (dissertation, §6.3).</summary>
    RegisterClient = 3,
}
