namespace RaftCheck.Raft.KeyValue;

/// <summary>
/// A key-value store with client sessions (§8). Every key has the empty string as its value until it is given another.
/// Used by the applier alone.
/// </summary>
public sealed class KeyValueStateMachine : IStateMachine
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Session> sessions = [];

    private readonly record struct Session(long Sequence, ReadOnlyMemory<byte> Result);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var command = KeyValueCommand.Decode(entry.Command.Span);
        var known = sessions.TryGetValue(command.ClientId, out var session);
        if (known && command.Sequence <= session.Sequence)
        {
            // §8: a command that was executed before is answered without executing it again.
            return new(command.Sequence == session.Sequence ? session.Result : new KeyValueResult(KeyValueOutcome.Stale, "", entry.Term, entry.Index).Encode());
        }

        var (outcome, value) = Execute(command);
        var result = new KeyValueResult(outcome, value, entry.Term, entry.Index).Encode();
        sessions[command.ClientId] = new Session(command.Sequence, result);
        return new(result);
    }

    /// <inheritdoc/>
    public IStateSnapshot TakeSnapshot() => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task RestoreAsync(IByteSource source) => throw new NotSupportedException();

    private (KeyValueOutcome Outcome, string Value) Execute(KeyValueCommand command)
    {
        var value = values.GetValueOrDefault(command.Key, "");
        switch (command.Operation)
        {
            case KeyValueOperation.Get:
                return (KeyValueOutcome.Ok, value);
            case KeyValueOperation.Cas when value != command.Expected:
                return (KeyValueOutcome.Mismatch, "");
            case KeyValueOperation.Put or KeyValueOperation.Cas:
                values[command.Key] = command.Value;
                break;
            case KeyValueOperation.Append:
                values[command.Key] = value + command.Value;
                break;
            case KeyValueOperation.Delete:
                values.Remove(command.Key);
                break;
            default:
                throw new ArgumentException($"The log holds a command of unknown operation {(int)command.Operation}.", nameof(command));
        }

        return (KeyValueOutcome.Ok, "");
    }
}
