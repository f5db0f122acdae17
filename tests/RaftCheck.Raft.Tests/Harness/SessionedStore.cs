using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Sessions;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>A key-value store behind a session table, fed as an applier does it: one committed entry after the other.</summary>
internal sealed class SessionedStore(RaftOptions? options = null)
{
    private long index;

    public SessionTable Sessions { get; } = new(options ?? new RaftOptions());

    /// <summary>The time of the next entries.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>How many commands reached the state machine.</summary>
    public int Executions { get; private set; }

    public KeyValueStateMachine Machine { get; } = new();

    public long Register()
    {
        Sessions.Register(Next(EntryKind.RegisterClient, null, default));
        return index;
    }

    /// <summary>Applies a command of a session. There is a result if the client gets one.</summary>
    public (SessionDecision Decision, KeyValueResult? Result) Apply(long session, long sequence, KeyValueOperation operation, string value = "", string expected = "")
    {
        var client = new ClientSequence(session, sequence);
        var entry = Next(EntryKind.Command, client, new KeyValueCommand(operation, "k", value, expected).Encode());
        var decision = Sessions.Begin(entry, out var response);
        if (decision == SessionDecision.Execute)
        {
            Executions++;
            response = Machine.ApplyAsync(entry).AsTask().Now();
            Sessions.Complete(client, response);
        }

        return (decision, response.IsEmpty ? null : KeyValueResult.Decode(response.Span));
    }

    /// <summary>The value that the store has now, read without a session.</summary>
    public string Value() =>
        KeyValueResult.Decode(Machine.ApplyAsync(Next(EntryKind.Command, null, new KeyValueCommand(KeyValueOperation.Get, "k").Encode())).AsTask().Now().Span).Value;

    private LogEntry Next(EntryKind kind, ClientSequence? client, ReadOnlyMemory<byte> command) =>
        new(new LogIndex(++index), new Term(1), command) { Kind = kind, Client = client, Time = Time };
}
