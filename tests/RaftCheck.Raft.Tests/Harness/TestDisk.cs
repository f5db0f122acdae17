using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>A disk with one file in memory, which knows what was flushed and what was not.</summary>
internal sealed class TestDisk(byte[] content, byte[] durable) : IFileSystem, IFile
{
    private readonly Queue<(TaskCompletionSource Completion, byte[] Content)> held = new();

    public TestDisk()
        : this([], [])
    {
    }

    /// <summary>What a reader finds in the file while the machine runs.</summary>
    public byte[] Content { get; private set; } = content;

    /// <summary>What is certain to be there after a power failure.</summary>
    public byte[] Durable { get; private set; } = durable;

    /// <summary>From now on flushes wait for <see cref="CompleteFlush"/>.</summary>
    public bool HoldFlushes { get; set; }

    public int HeldFlushes => held.Count;

    public int FlushCount { get; private set; }

    /// <summary>Runs inside each append and each flush.</summary>
    public Action? OnWrite { get; set; }

    /// <summary>The flush that has waited longest ends: well, or with an exception.</summary>
    public void CompleteFlush(SingleThread thread, Exception? failure = null) => thread.Do(() =>
    {
        var (completion, flushed) = held.Dequeue();
        if (failure is not null)
        {
            completion.SetException(failure);
            return false;
        }

        Durable = flushed;
        completion.SetResult();
        return true;
    });

    /// <summary>The disk after a power failure: what was flushed, and the first bytes of what was only appended.</summary>
    public TestDisk AfterPowerFailure(int unflushedBytesKept = 0)
    {
        var kept = Content.AsSpan(0, Math.Min(Content.Length, Durable.Length + unflushedBytesKept)).ToArray();
        return new TestDisk(kept, kept);
    }

    /// <summary>The disk after the process was killed: the machine still has what the process wrote, flushed or not.</summary>
    public TestDisk AfterProcessKill() => new(Content, Durable);

    public Task<IFile> OpenAsync(string name) => Task.FromResult<IFile>(this);

    public Task<IReadOnlyList<string>> ListAsync() => Task.FromResult<IReadOnlyList<string>>([]);

    public Task RenameAsync(string from, string to) => Task.CompletedTask;

    public Task DeleteAsync(string name) => Task.CompletedTask;

    public Task FlushDirectoryAsync() => Task.CompletedTask;

    public Task<IDisposable> LockAsync() => Task.FromResult<IDisposable>(this);

    public long Length => Content.Length;

    public Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int count) => Task.FromResult<ReadOnlyMemory<byte>>(Content.AsMemory((int)offset, (int)Math.Min(count, Content.Length - offset)));

    public Task AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        OnWrite?.Invoke();
        Content = [.. Content, .. bytes.Span];
        return Task.CompletedTask;
    }

    public Task FlushAsync()
    {
        OnWrite?.Invoke();
        FlushCount++;
        if (HoldFlushes)
        {
            held.Enqueue((new TaskCompletionSource(), Content));
            return held.Last().Completion.Task;
        }

        Durable = Content;
        return Task.CompletedTask;
    }

    public Task TruncateAsync(long length)
    {
        Content = Content[..(int)length];
        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }
}
