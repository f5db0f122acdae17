using FsCheck.Xunit;
using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Sessions;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Sessions;

public sealed class SessionTableProperties
{
    [Property(MaxTest = 500)]
    public void The_table_decides_as_a_plain_list_of_sessions_does(Step[] steps)
    {
        var table = new SessionTable(SessionLog.Options);
        var model = new ListOfSessions(SessionLog.Options);
        foreach (var entry in SessionLog.Of(steps))
        {
            Assert.Equal(model.Apply(entry), SessionLog.Apply(table, entry));
            Assert.Equal(model.Sessions.Count, table.Count);
        }
    }

    [Property(MaxTest = 500)]
    public void A_command_is_executed_once_at_the_most_and_the_table_never_grows_past_its_limit(Step[] steps)
    {
        var table = new SessionTable(SessionLog.Options);
        var executed = new HashSet<ClientSequence>();
        foreach (var entry in SessionLog.Of(steps))
        {
            if (SessionLog.Apply(table, entry).StartsWith(nameof(SessionDecision.Execute), StringComparison.Ordinal))
            {
                Assert.True(executed.Add(entry.Client.GetValueOrDefault()), $"{entry.Client} is executed again by entry {entry.Index}.");
            }

            Assert.True(table.Count <= SessionLog.Options.MaxSessions);
        }
    }

    [Property(MaxTest = 500)]
    public void A_server_that_was_restored_from_a_snapshot_goes_on_like_one_that_never_was(Step[] steps, byte cut, byte atOnce)
    {
        var entries = SessionLog.Of(steps);
        var before = cut % (entries.Count + 1);
        var never = SessionLog.Table(entries.Take(before));
        var restored = SessionLog.Table(entries.Skip(before / 2).Take(3));
        var source = new MemorySource(SessionLog.Bytes(never.Capture()), 1 + atOnce);
        Assert.True(restored.RestoreAsync(source).IsCompletedSuccessfully);
        foreach (var entry in entries.Skip(before))
        {
            AssertSame(never, restored);
            Assert.Equal(SessionLog.Apply(never, entry), SessionLog.Apply(restored, entry));
        }

        AssertSame(never, restored);
    }

    [Property]
    public void Servers_that_applied_the_same_entries_have_the_same_bytes_and_digest(Step[] steps)
    {
        var entries = SessionLog.Of(steps);
        AssertSame(SessionLog.Table(entries), SessionLog.Table(entries));
    }

    [Property]
    public void A_snapshot_is_of_its_moment_whatever_is_applied_before_it_is_written(Step[] steps, byte cut)
    {
        var entries = SessionLog.Of(steps);
        var before = cut % (entries.Count + 1);
        var table = SessionLog.Table(entries.Take(before));
        var atOnce = SessionLog.Bytes(table.Capture());
        var snapshot = table.Capture();
        foreach (var entry in entries.Skip(before))
        {
            SessionLog.Apply(table, entry);
        }

        Assert.Equal(atOnce, SessionLog.Bytes(snapshot));
    }

    private static void AssertSame(SessionTable one, SessionTable other)
    {
        Assert.Equal(one.Digest, other.Digest);
        Assert.Equal(SessionLog.Bytes(one.Capture()), SessionLog.Bytes(other.Capture()));
    }

    /// <summary>The same, said as plainly as possible: it looks at all sessions for each entry.</summary>
    private sealed class ListOfSessions(RaftOptions options)
    {
        public List<Known> Sessions { get; } = [];

        public string Apply(LogEntry entry)
        {
            Sessions.RemoveAll(session => session.UsedAt + options.SessionTimeout <= entry.Time);
            switch (entry.Kind)
            {
                case EntryKind.RegisterClient:
                    if (Sessions.Count == options.MaxSessions)
                    {
                        Sessions.Remove(Sessions.MinBy(session => session.UsedBy)!);
                    }

                    Sessions.Add(new Known(entry.Index.Value) { UsedBy = entry.Index.Value, UsedAt = entry.Time });
                    return "registered";
                case EntryKind.Command:
                    return Command(entry, entry.Client.GetValueOrDefault());
                default:
                    return "";
            }
        }

        private string Command(LogEntry entry, ClientSequence client)
        {
            if (Sessions.Find(known => known.Id == client.ClientId) is not { } session)
            {
                return "SessionExpired ";
            }

            (session.UsedBy, session.UsedAt) = (entry.Index.Value, entry.Time);
            if (client.Sequence < session.Executed)
            {
                return "Stale ";
            }

            if (client.Sequence == session.Executed)
            {
                return session.Response.Length <= options.MaxSessionResponseBytes
                    ? $"AnswerAgain {Convert.ToHexString(session.Response)}"
                    : "ResponseDiscarded ";
            }

            (session.Executed, session.Response) = (client.Sequence, SessionLog.ResponseTo(entry));
            return "Execute ";
        }
    }

    private sealed class Known(long id)
    {
        public long Id { get; } = id;

        public long UsedBy { get; set; }

        public TimeSpan UsedAt { get; set; }

        public long Executed { get; set; }

        public byte[] Response { get; set; } = [];
    }
}
