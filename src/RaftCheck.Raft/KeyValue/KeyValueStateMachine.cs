using System.Collections.Immutable;
using RaftCheck.Raft.Snapshots;

namespace RaftCheck.Raft.KeyValue;

/// <summary>
/// A key-value store. Every key has the empty string as its value until it is given another. Used by the applier alone.
/// </summary>
public sealed class KeyValueStateMachine : IStateMachine
{
    private static readonly ImmutableSortedDictionary<string, string> Nothing =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The keys whose value is not the empty string. Immutable, so that a snapshot is one reference.</summary>
    private ImmutableSortedDictionary<string, string> values = Nothing;

    /// <summary>All keys that have a value, in ordinal order, as of this moment: what is returned does not change. May be called from any thread.</summary>
    public IReadOnlyDictionary<string, string> Contents => values;

    /// <summary>
    /// The key's value now, for a read that does not go through the log: the caller has made sure that enough is applied
    /// (<see cref="RaftNode"/> says when). May be called from any thread, beside the applier.
    /// </summary>
    /// <param name="key">The key.</param>
    public string Get(string key) => values.GetValueOrDefault(key, "");

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (outcome, value) = Execute(KeyValueCommand.Decode(entry.Command.Span));
        return new(new KeyValueResult(outcome, value, entry.Term, entry.Index).Encode());
    }

    /// <inheritdoc/>
    public IStateSnapshot TakeSnapshot() => new KeyValueSnapshot(values);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The source holds no key-value store, or one of a format that this build does not know.</exception>
    public async Task RestoreAsync(IByteSource source)
    {
        ArgumentNullException.ThrowIfNull(source);

        // All at once: a read that does not go through the log may come meanwhile, and must not find an empty store.
        values = await KeyValueSnapshot.ReadAsync(new ByteSourceReader(source), Nothing.ToBuilder());
    }

    private (KeyValueOutcome Outcome, string Value) Execute(KeyValueCommand command)
    {
        var value = Get(command.Key);
        switch (command.Operation)
        {
            case KeyValueOperation.Get:
                return (KeyValueOutcome.Ok, value);
            case KeyValueOperation.Cas when value != command.Expected:
                return (KeyValueOutcome.Mismatch, "");
            case KeyValueOperation.Put or KeyValueOperation.Cas:
                Set(command.Key, command.Value);
                break;
            case KeyValueOperation.Append:
                Set(command.Key, value + command.Value);
                break;
            case KeyValueOperation.Delete:
                Set(command.Key, "");
                break;
            default:
                throw new ArgumentException($"The log holds a command of unknown operation {(int)command.Operation}.", nameof(command));
        }

        return (KeyValueOutcome.Ok, "");
    }

    /// <summary>A key that was set to nothing can't be told from one that was never set, also not by the snapshot's bytes.</summary>
    private void Set(string key, string value) => values = value.Length == 0 ? values.Remove(key) : values.SetItem(key, value);
}
