using System.Globalization;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>Messages and entries in the paper's words, on one line. A position in a log is written as index/term.</summary>
internal static class MessageText
{
    public static string Describe(object message) => message switch
    {
        RequestVoteRequest r => Invariant($"{(r.IsPreVote ? "PreVote" : "RequestVote")} term={r.Term} last={r.LastLogIndex}/{r.LastLogTerm}{(r.IsLeadershipTransfer ? " transfer" : "")}"),
        RequestVoteReply r => Invariant($"vote term={r.Term} {(r.VoteGranted ? "granted" : "refused")}"),
        AppendEntriesRequest r => Invariant($"AppendEntries term={r.Term} prev={r.PrevLogIndex}/{r.PrevLogTerm} commit={r.LeaderCommit}{Entries(r.Entries)}"),
        AppendEntriesReply r => Invariant($"append term={r.Term} {Outcome(r)}"),
        InstallSnapshotRequest r => Invariant($"InstallSnapshot term={r.Term} last={r.Snapshot.LastIncludedIndex}/{r.Snapshot.LastIncludedTerm} offset={r.Offset}{(r.Done ? " done" : "")}"),
        InstallSnapshotReply r => Invariant($"snapshot term={r.Term} {(r.Installed ? "installed" : Invariant($"next={r.NextOffset}"))}"),
        TimeoutNowRequest r => Invariant($"TimeoutNow term={r.Term}"),
        TimeoutNowReply r => Invariant($"timeout-now term={r.Term} {(r.Accepted ? "accepted" : "refused")}"),
        ReadIndexRequest => "ReadIndex",
        ReadIndexReply r => Invariant($"read-index term={r.Term} {r.ReadIndex?.ToString() ?? "none"}"),
        _ => message.ToString() ?? "",
    };

    public static string Describe(LogEntry entry) => entry.Kind switch
    {
        EntryKind.NoOp => Invariant($"{entry.Index}/{entry.Term} no-op"),
        EntryKind.Configuration => Invariant($"{entry.Index}/{entry.Term} {ClusterConfiguration.Decode(entry.Command.Span)}"),
        EntryKind.RegisterClient => Invariant($"{entry.Index}/{entry.Term} register client"),
        _ => Invariant($"{entry.Index}/{entry.Term} {KeyValueCommand.Decode(entry.Command.Span).Value}{(entry.Client is { } client ? $" of {client}" : "")}"),
    };

    private static string Entries(IReadOnlyList<LogEntry> entries) =>
        entries.Count == 0 ? "" : " [" + string.Join(", ", entries.Select(Describe)) + "]";

    private static string Outcome(AppendEntriesReply reply) =>
        reply.Success ? "success"
        : reply.Conflict is not { } conflict ? "refused"
        : conflict.Term is null ? Invariant($"too short, next {conflict.FirstIndex}")
        : Invariant($"conflict, term {conflict.Term} from {conflict.FirstIndex}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
