using RaftCheck.Raft.KeyValue;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>
/// A server's state machine: a key-value store of which one key is used. It can be held up, as a slow one would be.
/// </summary>
internal sealed class ScriptStore : IStateMachine
{
    private const string Key = "k";

    private readonly KeyValueStateMachine store = new();
    private TaskCompletionSource? hold;

    /// <summary>What was applied, one value after the other.</summary>
    public string Value => store.Get(Key);

    /// <summary>The command that adds to the value.</summary>
    public static ReadOnlyMemory<byte> Append(string value) => new KeyValueCommand(KeyValueOperation.Append, Key, value).Encode();

    /// <summary>From now on the state machine applies nothing, until <see cref="Release"/>.</summary>
    public void Hold() => hold ??= new TaskCompletionSource();

    public void Release()
    {
        hold?.SetResult();
        hold = null;
    }

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogEntry entry)
    {
        if (hold is not null)
        {
            await hold.Task;
        }

        return await store.ApplyAsync(entry);
    }

    public IStateSnapshot TakeSnapshot() => store.TakeSnapshot();

    public Task RestoreAsync(IByteSource source) => store.RestoreAsync(source);
}
