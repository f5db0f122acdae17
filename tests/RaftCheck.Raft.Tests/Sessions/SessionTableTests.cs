using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Sessions;

namespace RaftCheck.Raft.Tests.Sessions;

/// <summary>What the table does beyond the clauses of §6.3, which are in Paper/Chapter6_ClientSessions.</summary>
public sealed class SessionTableTests
{
    private readonly SessionTable table = new(new RaftOptions
    {
        MaxSessions = 3,
        SessionTimeout = TimeSpan.FromSeconds(10),
        MaxSessionResponseBytes = 4,
    });

    [Fact]
    public void A_response_that_is_too_large_is_not_kept_and_its_command_is_not_executed_again()
    {
        table.Register(Register(1));
        Execute(2, new(1, 1), [1, 2, 3, 4]);
        Assert.Equal(SessionDecision.AnswerAgain, table.Begin(Command(3, new(1, 1)), out var kept));
        Assert.Equal([1, 2, 3, 4], kept.ToArray());

        Execute(4, new(1, 2), [1, 2, 3, 4, 5]);
        Assert.Equal(SessionDecision.ResponseDiscarded, table.Begin(Command(5, new(1, 2)), out var discarded));
        Assert.True(discarded.IsEmpty);
        Assert.Equal(SessionDecision.Stale, table.Begin(Command(6, new(1, 1)), out _));
        Assert.Equal(SessionDecision.Execute, table.Begin(Command(7, new(1, 3)), out _));
    }

    [Fact]
    public void An_empty_response_is_a_response()
    {
        table.Register(Register(1));
        Execute(2, new(1, 1), []);
        Assert.Equal(SessionDecision.AnswerAgain, table.Begin(Command(3, new(1, 1)), out _));
    }

    [Fact]
    public void A_response_is_kept_as_it_was_though_the_state_machine_uses_its_memory_again()
    {
        byte[] memory = [1, 2, 3];
        table.Register(Register(1));
        table.Begin(Command(2, new(1, 1)), out _);
        table.Complete(new(1, 1), memory.AsMemory(1));
        memory[1] = 9;
        table.Begin(Command(3, new(1, 1)), out var response);
        Assert.Equal([2, 3], response.ToArray());
    }

    [Fact]
    public void A_command_that_comes_too_late_keeps_its_session_alive_too()
    {
        table.Register(Register(1));
        Execute(2, new(1, 5), []);
        Assert.Equal(SessionDecision.Stale, table.Begin(Command(3, new(1, 4), seconds: 9), out _));
        Assert.Equal(SessionDecision.Execute, table.Begin(Command(4, new(1, 6), seconds: 18), out _));
    }

    [Fact]
    public void An_entry_that_belongs_to_no_session_ends_those_that_are_idle()
    {
        table.Register(Register(1));
        table.Register(Register(2, seconds: 5));
        table.ExpireIdle(TimeSpan.FromSeconds(9));
        Assert.Equal(2, table.Count);
        table.ExpireIdle(TimeSpan.FromSeconds(10));
        Assert.Equal(1, table.Count);
        table.ExpireIdle(TimeSpan.FromSeconds(15));
        Assert.Equal((0, 0UL), (table.Count, table.Digest));
    }

    [Fact]
    public void A_new_session_takes_the_place_of_an_idle_one_before_that_of_any_other()
    {
        table.Register(Register(1));
        table.Register(Register(2, seconds: 9));
        table.Register(Register(3, seconds: 9));
        table.Register(Register(4, seconds: 10));
        Assert.Equal(SessionDecision.Execute, table.Begin(Command(5, new(2, 1), seconds: 10), out _));
    }

    [Fact]
    public void After_the_limit_was_lowered_a_new_session_takes_the_place_of_all_that_are_too_many()
    {
        for (var index = 1; index <= 3; index++)
        {
            table.Register(Register(index));
        }

        var sink = new Harness.MemorySink();
        Assert.True(table.Capture().WriteToAsync(sink).IsCompletedSuccessfully);
        var smaller = new SessionTable(new RaftOptions { MaxSessions = 1 });
        Assert.True(smaller.RestoreAsync(new Harness.MemorySource(sink.Written)).IsCompletedSuccessfully);
        Assert.Equal(3, smaller.Count);
        smaller.Register(Register(4));
        Assert.Equal(1, smaller.Count);
        Assert.Equal(SessionDecision.Execute, smaller.Begin(Command(5, new(4, 1)), out _));
    }

    [Fact]
    public void A_response_without_a_command_that_was_to_be_executed_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => table.Complete(new(1, 1), default));
        table.Register(Register(1));
        Execute(2, new(1, 1), []);
        Assert.Throws<InvalidOperationException>(() => table.Complete(new(1, 1), default));
    }

    [Fact]
    public void A_command_without_a_session_needs_no_decision() =>
        Assert.Throws<ArgumentException>(() => table.Begin(Command(1, null), out _));

    [Fact]
    public void Each_change_of_the_table_changes_its_digest()
    {
        var seen = new HashSet<ulong> { table.Digest };
        table.Register(Register(1));
        Assert.True(seen.Add(table.Digest), "A session was registered.");
        table.Begin(Command(2, new(1, 1)), out _);
        Assert.True(seen.Add(table.Digest), "The session was used.");
        table.Complete(new(1, 1), new byte[] { 1 });
        Assert.True(seen.Add(table.Digest), "A command was executed.");
        Assert.Equal(4, seen.Count);
    }

    [Fact]
    public void Responses_that_differ_give_digests_that_differ()
    {
        ulong DigestOf(params byte[] response)
        {
            var other = new SessionTable(new RaftOptions());
            other.Register(Register(1));
            other.Begin(Command(2, new(1, 1)), out _);
            other.Complete(new(1, 1), response);
            return other.Digest;
        }

        Assert.Equal(DigestOf(1, 2), DigestOf(1, 2));
        Assert.Equal(4, new[] { DigestOf(1, 2), DigestOf(2, 1), DigestOf(0), DigestOf() }.Distinct().Count());
    }

    private static LogEntry Register(long index, int seconds = 0) =>
        new(new(index), new(1), default) { Kind = EntryKind.RegisterClient, Time = TimeSpan.FromSeconds(seconds) };

    private static LogEntry Command(long index, ClientSequence? client, int seconds = 0) =>
        new(new(index), new(1), default) { Client = client, Time = TimeSpan.FromSeconds(seconds) };

    private void Execute(long index, ClientSequence client, params byte[] response)
    {
        Assert.Equal(SessionDecision.Execute, table.Begin(Command(index, client), out _));
        table.Complete(client, response);
    }
}
