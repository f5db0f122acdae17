namespace RaftCheck.Raft;

/// <summary>What a leader knows of one other server (Figure 2, volatile state on leaders).</summary>
/// <param name="Id">The server.</param>
/// <param name="Mode">How the leader sends to it.</param>
/// <param name="MatchIndex">The highest index known to be on its disk; 0 if none is known yet.</param>
/// <param name="NextIndex">The index of the next entry to send to it.</param>
/// <param name="InFlight">How many AppendEntries with entries are under way to it, while replicating.</param>
/// <param name="SinceLastContact">
/// How long ago, by the leader's clock, its latest answer of the leader's term came; if none came yet, how long ago the
/// leadership began, or the server was added.
/// </param>
public sealed record FollowerStatus(NodeId Id, ReplicationMode Mode, LogIndex MatchIndex, LogIndex NextIndex, int InFlight, TimeSpan SinceLastContact);
