namespace RaftCheck.Raft.Storage;

/// <summary>What the write-ahead log says up to some point of it, in short. A segment's checkpoint is one.</summary>
/// <param name="Term">The current term.</param>
/// <param name="VotedFor">The vote in that term.</param>
/// <param name="BaseIndex">The log begins after this index.</param>
/// <param name="LastIndex">The index of the log's last entry.</param>
/// <param name="LastTerm">The term of that entry.</param>
internal readonly record struct WalMark(Term Term, NodeId? VotedFor, LogIndex BaseIndex, LogIndex LastIndex, Term LastTerm);
