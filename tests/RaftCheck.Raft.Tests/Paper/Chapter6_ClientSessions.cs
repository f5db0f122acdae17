using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Sessions;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §6.3 and Figure 6.1: what the servers' session tables make of committed entries.</summary>
public sealed class Chapter6_ClientSessions
{
    private readonly SessionedStore store = new(new RaftOptions { MaxSessions = 3, SessionTimeout = TimeSpan.FromMinutes(1) });

    [Fact]
    public void RegisterClient_rule_3_the_identity_of_a_session_is_the_index_of_its_entry()
    {
        Assert.Equal(1, store.Register());
        Assert.Equal(2, store.Register());
        Assert.Equal(SessionDecision.Execute, Put(1, 1));
        Assert.Equal(SessionDecision.Execute, Put(2, 1));
        Assert.Equal(2, store.Sessions.Count);
    }

    [Fact]
    public void ClientRequest_rule_3_a_command_without_a_record_of_its_session_is_not_executed()
    {
        Assert.Equal(SessionDecision.SessionExpired, Put(1, 1));
        Assert.Equal((0, 0), (store.Executions, store.Sessions.Count));
    }

    [Fact]
    public void ClientRequest_rule_3_a_command_whose_response_was_discarded_is_not_executed_again()
    {
        var client = store.Register();
        Put(client, 1);
        Put(client, 2);
        Assert.Equal(SessionDecision.Stale, Put(client, 1));
        Assert.Equal(2, store.Executions);
    }

    [Fact]
    public void ClientRequest_rule_4_a_command_that_was_executed_is_answered_with_the_stored_response()
    {
        var client = store.Register();
        var first = store.Apply(client, 1, KeyValueOperation.Cas, "a", expected: "");
        var again = store.Apply(client, 1, KeyValueOperation.Cas, "a", expected: "");
        Assert.Equal((SessionDecision.Execute, SessionDecision.AnswerAgain), (first.Decision, again.Decision));
        Assert.Equal(first.Result, again.Result);
        Assert.Equal(1, store.Executions);
    }

    [Fact]
    public void ClientRequest_rule_6_a_new_response_takes_the_place_of_the_one_before()
    {
        var client = store.Register();
        store.Apply(client, 1, KeyValueOperation.Get);
        store.Apply(client, 2, KeyValueOperation.Put, "a");
        store.Apply(client, 3, KeyValueOperation.Get);
        Assert.Equal("a", store.Apply(client, 3, KeyValueOperation.Get).Result?.Value);
        Assert.Equal(SessionDecision.Stale, store.Apply(client, 2, KeyValueOperation.Get).Decision);
    }

    [Fact]
    public void There_is_an_upper_bound_of_sessions_and_the_least_recently_used_gives_way()
    {
        var (a, b, c) = (store.Register(), store.Register(), store.Register());
        Put(a, 1);
        store.Register();
        Assert.Equal(3, store.Sessions.Count);
        Assert.Equal(SessionDecision.SessionExpired, Put(b, 1));
        Assert.Equal((SessionDecision.Execute, SessionDecision.Execute), (Put(a, 2), Put(c, 1)));
    }

    [Fact]
    public void Sessions_expire_by_the_time_in_the_entries()
    {
        var client = store.Register();
        store.Time += TimeSpan.FromMinutes(1) - TimeSpan.FromMicroseconds(1);
        Assert.Equal(SessionDecision.Execute, Put(client, 1));
        store.Time += TimeSpan.FromMinutes(1);
        Assert.Equal(SessionDecision.SessionExpired, Put(client, 2));
        Assert.Equal((1, 0), (store.Executions, store.Sessions.Count));
    }

    [Fact]
    public void A_client_keeps_its_session_alive_by_sending_its_latest_command_again()
    {
        var client = store.Register();
        Put(client, 1);
        for (var minutes = 0; minutes < 5; minutes++)
        {
            store.Time += TimeSpan.FromSeconds(59);
            Assert.Equal(SessionDecision.AnswerAgain, Put(client, 1));
        }

        Assert.Equal(1, store.Executions);
    }

    [Fact]
    public void A_session_that_expired_is_not_allocated_again_for_its_client()
    {
        var client = store.Register();
        Put(client, 1);
        store.Time += TimeSpan.FromMinutes(1);
        Assert.Equal(SessionDecision.SessionExpired, Put(client, 1));
        Assert.Equal(SessionDecision.SessionExpired, Put(client, 2));
        Assert.Equal(1, store.Executions);
    }

    [Fact]
    public void A_snapshot_keeps_the_sessions_so_that_a_repeated_command_is_not_executed_after_it()
    {
        var client = store.Register();
        var first = store.Apply(client, 1, KeyValueOperation.Append, "a").Result;
        var sink = new MemorySink();
        Assert.True(store.Sessions.Capture().WriteToAsync(sink).IsCompletedSuccessfully);

        var restarted = new SessionTable(new RaftOptions());
        Assert.True(restarted.RestoreAsync(new MemorySource(sink.Written)).IsCompletedSuccessfully);
        var again = new LogEntry(new(9), new(1), default) { Client = new ClientSequence(client, 1) };
        Assert.Equal(SessionDecision.AnswerAgain, restarted.Begin(again, out var response));
        Assert.Equal(first, KeyValueResult.Decode(response.Span));
    }

    private SessionDecision Put(long session, long sequence) => store.Apply(session, sequence, KeyValueOperation.Put, "v").Decision;
}
