using System.Globalization;
using RaftCheck.Raft;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Storage;
using RaftCheck.RaftSystem.Oracle;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem;

/// <summary>The Raft's messages and entries, in the Raft paper's words, for the trace.</summary>
internal static class RaftDescriber
{
    public static string Describe(object detail) => detail switch
    {
        RequestVoteRequest r => Invariant($"{(r.IsPreVote ? "PreVote" : "RequestVote")} term={r.Term} candidateId={r.CandidateId} lastLogIndex={r.LastLogIndex} lastLogTerm={r.LastLogTerm}{(r.IsLeadershipTransfer ? " leadershipTransfer" : "")}"),
        RequestVoteReply r => Invariant($"RequestVote reply term={r.Term} voteGranted={(r.VoteGranted ? "true" : "false")}"),
        AppendEntriesRequest r => Invariant($"AppendEntries term={r.Term} leaderId={r.LeaderId} prevLogIndex={r.PrevLogIndex} prevLogTerm={r.PrevLogTerm} entries={Entries(r.Entries)} leaderCommit={r.LeaderCommit}"),
        AppendEntriesReply r => Invariant($"AppendEntries reply term={r.Term} success={(r.Success ? "true" : "false")}{Conflict(r.Conflict)}"),
        InstallSnapshotRequest r => Invariant($"InstallSnapshot term={r.Term} leaderId={r.LeaderId} lastIncludedIndex={r.Snapshot.LastIncludedIndex} lastIncludedTerm={r.Snapshot.LastIncludedTerm} offset={r.Offset} data={r.Data.Length} of {r.Length} bytes"),
        InstallSnapshotReply r => Invariant($"InstallSnapshot reply term={r.Term} nextOffset={r.NextOffset} installed={(r.Installed ? "true" : "false")}"),
        TimeoutNowRequest r => Invariant($"TimeoutNow term={r.Term} leaderId={r.LeaderId}"),
        TimeoutNowReply r => Invariant($"TimeoutNow reply term={r.Term} accepted={(r.Accepted ? "true" : "false")}"),
        ReadIndexRequest r => Invariant($"ReadIndex term={r.Term} from={r.From}"),
        ReadIndexReply r => Invariant($"ReadIndex reply term={r.Term} readIndex={r.ReadIndex?.ToString() ?? "none"}"),
        SnapshotMetadata m => Invariant($"lastIncludedIndex={m.LastIncludedIndex} lastIncludedTerm={m.LastIncludedTerm} configuration={m.Configuration}"),
        TransferEvent e => e switch
        {
            TransferEvent.Begun => "begun",
            TransferEvent.TimeoutNowSent => "TimeoutNow sent",
            TransferEvent.Succeeded => "succeeded",
            _ => "failed",
        },
        LogEntry e => Invariant($"index={e.Index} term={e.Term} {Content(e)}"),
        Term t => Invariant($"term={t}"),
        LogIndex i => Invariant($"index={i}"),
        RaftOracle.Recovery r => Invariant($"term={r.Term} votedFor={r.VotedFor?.ToString() ?? "none"} snapshotIndex={r.SnapshotIndex} lastLogIndex={r.LastIndex}"),
        ClientRequest r => Invariant($"client {r.Session}.{r.Sequence}: {r.F} {r.Key} {Argument(r.Value, r.Expected)}").TrimEnd(),
        _ => detail.ToString() ?? "",
    };

    private static string Entries(IReadOnlyList<LogEntry> entries) => entries.Count switch
    {
        0 => "[]",
        1 => Invariant($"[{entries[0].Index}:{entries[0].Term}]"),
        _ => Invariant($"[{entries[0].Index}:{entries[0].Term} to {entries[^1].Index}:{entries[^1].Term}]"),
    };

    private static string Conflict(LogConflict? conflict) =>
        conflict is null ? "" : Invariant($" conflictTerm={conflict.Term?.ToString() ?? "none"} conflictIndex={conflict.FirstIndex}");

    private static string Content(LogEntry entry) => entry.Kind switch
    {
        EntryKind.Command => Command(entry) + (entry.Client is { } client ? $" client={client}" : ""),
        EntryKind.Configuration => ClusterConfiguration.Decode(entry.Command.Span).ToString(),
        EntryKind.RegisterClient => "register client",
        _ => "no-op",
    };

    private static string Command(LogEntry entry)
    {
        var command = KeyValueCommand.Decode(entry.Command.Span);
        return Invariant($"{command.Operation.ToString().ToLowerInvariant()} {command.Key} {Argument(command.Value, command.Expected)}").TrimEnd();
    }

    private static string Argument(string value, string expected) =>
        expected.Length > 0 ? $"{expected} -> {value}" : value;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
