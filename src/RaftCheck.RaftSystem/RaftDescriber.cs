using System.Globalization;
using RaftCheck.Raft;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Messages;
using RaftCheck.RaftSystem.Oracle;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem;

/// <summary>The Raft's messages and entries, in the Raft paper's words, for the trace.</summary>
internal static class RaftDescriber
{
    public static string Describe(object detail) => detail switch
    {
        RequestVoteRequest r => Invariant($"RequestVote term={r.Term} candidateId={r.CandidateId} lastLogIndex={r.LastLogIndex} lastLogTerm={r.LastLogTerm}"),
        RequestVoteReply r => Invariant($"RequestVote reply term={r.Term} voteGranted={(r.VoteGranted ? "true" : "false")}"),
        AppendEntriesRequest r => Invariant($"AppendEntries term={r.Term} leaderId={r.LeaderId} prevLogIndex={r.PrevLogIndex} prevLogTerm={r.PrevLogTerm} entries={Entries(r.Entries)} leaderCommit={r.LeaderCommit}"),
        AppendEntriesReply r => Invariant($"AppendEntries reply term={r.Term} success={(r.Success ? "true" : "false")}{Conflict(r.Conflict)}"),
        LogEntry e => Invariant($"index={e.Index} term={e.Term} {Command(e)}"),
        Term t => Invariant($"term={t}"),
        LogIndex i => Invariant($"index={i}"),
        RaftOracle.Recovery r => Invariant($"term={r.Term} votedFor={r.VotedFor?.ToString() ?? "none"} lastLogIndex={r.LastIndex}"),
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

    private static string Command(LogEntry entry)
    {
        var command = KeyValueCommand.Decode(entry.Command.Span);
        return Invariant($"{command.Operation.ToString().ToLowerInvariant()} {command.Key} {Argument(command.Value, command.Expected)}").TrimEnd();
    }

    private static string Argument(string value, string expected) =>
        expected.Length > 0 ? $"{expected} -> {value}" : value;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
