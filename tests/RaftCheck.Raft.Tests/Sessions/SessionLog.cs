using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Sessions;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Sessions;

/// <summary>One entry of a log, made of whatever FsCheck draws.</summary>
/// <param name="Kind">A registration, an entry of Raft's own, or (mostly) a command.</param>
/// <param name="Session">Which of the sessions that were ever registered, or one that never was.</param>
/// <param name="Sequence">The command's number.</param>
/// <param name="ResponseLength">The length of its response, if it is executed.</param>
/// <param name="Passes">How much time has passed since the entry before.</param>
public readonly record struct Step(byte Kind, byte Session, byte Sequence, byte ResponseLength, byte Passes);

/// <summary>Makes entries of steps, and feeds tables with them. Few sessions, short times, small responses: limits are met often.</summary>
internal static class SessionLog
{
    public static readonly RaftOptions Options = new()
    {
        MaxSessions = 3,
        SessionTimeout = TimeSpan.FromMicroseconds(20),
        MaxSessionResponseBytes = 10,
    };

    public static IReadOnlyList<LogEntry> Of(Step[] steps)
    {
        var entries = new List<LogEntry>();
        var ids = new List<long> { 1_000_000 };
        var time = TimeSpan.Zero;
        foreach (var step in steps)
        {
            var index = entries.Count + 1;
            time += TimeSpan.FromMicroseconds(step.Passes % 8);
            var entry = new LogEntry(new(index), new(1), new byte[step.ResponseLength % 14]) { Time = time, Kind = KindOf(step) };
            if (entry.Kind == EntryKind.RegisterClient)
            {
                ids.Add(index);
            }

            entries.Add(entry.Kind == EntryKind.Command
                ? entry with { Client = new ClientSequence(ids[^(1 + (step.Session % Math.Min(5, ids.Count)))], 1 + (step.Sequence % 4)) }
                : entry);
        }

        return entries;
    }

    /// <summary>What a state machine answers: of the drawn length, and another for each entry.</summary>
    public static byte[] ResponseTo(LogEntry entry) => [.. Enumerable.Range(0, entry.Command.Length).Select(i => (byte)(entry.Index.Value + i))];

    /// <summary>Applies an entry, and says what became of it.</summary>
    public static string Apply(SessionTable table, LogEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.RegisterClient:
                table.Register(entry);
                return "registered";
            case EntryKind.Command:
                var decision = table.Begin(entry, out var response);
                if (decision == SessionDecision.Execute)
                {
                    table.Complete(entry.Client.GetValueOrDefault(), ResponseTo(entry));
                }

                return $"{decision} {Convert.ToHexString(response.Span)}";
            default:
                table.ExpireIdle(entry.Time);
                return "";
        }
    }

    public static SessionTable Table(IEnumerable<LogEntry> entries)
    {
        var table = new SessionTable(Options);
        foreach (var entry in entries)
        {
            Apply(table, entry);
        }

        return table;
    }

    public static byte[] Bytes(SessionTableSnapshot snapshot)
    {
        var sink = new MemorySink();
        Assert.True(snapshot.WriteToAsync(sink).IsCompletedSuccessfully);
        return sink.Written;
    }

    private static EntryKind KindOf(Step step) => (step.Kind % 8) switch
    {
        0 or 1 => EntryKind.RegisterClient,
        2 => EntryKind.NoOp,
        _ => EntryKind.Command,
    };
}
