namespace RaftCheck.Raft.Benchmarks;

/// <summary>A state machine that does nothing: what is measured is the Raft around it.</summary>
internal sealed class NoStateMachine : IStateMachine
{
    public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogEntry entry) => default;

    public IStateSnapshot TakeSnapshot() => new Nothing();

    public Task RestoreAsync(IByteSource source) => Task.CompletedTask;

    private sealed class Nothing : IStateSnapshot
    {
        public Task WriteToAsync(IByteSink sink) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
