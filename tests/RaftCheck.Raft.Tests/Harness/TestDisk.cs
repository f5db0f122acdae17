using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>A disk in memory, which knows what of its files and of their names was flushed and what was not.</summary>
internal sealed class TestDisk : IFileSystem
{
    private readonly SortedDictionary<string, TestFile> files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TestFile> durableNames = new(StringComparer.Ordinal);

    /// <summary>What happened to names since the last flush of the directory, oldest first.</summary>
    private readonly List<NameChange> unflushedNames = [];
    private readonly Queue<(TaskCompletionSource Completion, Action End)> held = new();
    private bool locked;

    private sealed record NameChange(string? Removed, string? Added, TestFile? File)
    {
        public void ApplyTo(SortedDictionary<string, TestFile> names)
        {
            if (Removed is not null)
            {
                names.Remove(Removed);
            }

            if (Added is not null)
            {
                names[Added] = File!;
            }
        }
    }

    /// <summary>From now on flushes, of files and of the directory, wait for <see cref="CompleteFlush"/>.</summary>
    public bool HoldFlushes { get; set; }

    public int HeldFlushes => held.Count;

    public int FlushCount { get; private set; }

    /// <summary>Runs inside each change, and each flush, of the file of that name.</summary>
    public Action<string>? OnChange { get; set; }

    /// <summary>The machine stops at the change or flush after so many more: that one, and what follows, never returns.</summary>
    public int? StopAfter { get; set; }

    /// <summary>How many bytes were appended and not flushed.</summary>
    public int UnflushedBytes => files.Values.Sum(file => file.UnflushedBytes);

    /// <summary>How many bytes all files have together.</summary>
    public int Length => files.Values.Sum(file => file.Content.Length);

    public IReadOnlyList<string> Names => [.. files.Keys];

    /// <summary>A file of that name; created, for good, if there is none.</summary>
    public TestFile this[string name]
    {
        get
        {
            if (!files.TryGetValue(name, out var file))
            {
                files[name] = durableNames[name] = file = new TestFile();
            }

            return file;
        }
    }

    /// <summary>Takes a file away, for good.</summary>
    public void Lose(string name)
    {
        files.Remove(name);
        durableNames.Remove(name);
    }

    /// <summary>The flush that has waited longest ends: well, or with an exception.</summary>
    public void CompleteFlush(SingleThread thread, Exception? failure = null) => thread.Do(() =>
    {
        var (completion, end) = held.Dequeue();
        if (failure is not null)
        {
            completion.SetException(failure);
            return false;
        }

        end();
        completion.SetResult();
        return true;
    });

    /// <summary>The disk after a power failure: what was flushed, and the first of what was not.</summary>
    public TestDisk AfterPowerFailure(int unflushedBytesKept = 0, int unflushedNamesKept = 0) =>
        After(unflushedNamesKept, file => file.AfterPowerFailure(ref unflushedBytesKept));

    /// <summary>The disk after a power failure: what was flushed, and some of what was not.</summary>
    public TestDisk AfterPowerFailure(Random random) =>
        After(random.Next(unflushedNames.Count + 1), file => file.AfterPowerFailure(random));

    /// <summary>The disk after the process was killed: the machine still has what the process wrote, flushed or not.</summary>
    public TestDisk AfterProcessKill()
    {
        var disk = new TestDisk();
        var clones = files.Values.Concat(durableNames.Values).Distinct().ToDictionary(file => file, file => file.Clone());
        foreach (var (name, file) in files)
        {
            disk.files[name] = clones[file];
        }

        foreach (var (name, file) in durableNames)
        {
            disk.durableNames[name] = clones[file];
        }

        disk.unflushedNames.AddRange(unflushedNames.Select(change => change with { File = change.File is { } file && clones.TryGetValue(file, out var clone) ? clone : change.File }));
        return disk;
    }

    public Task<IFile> OpenAsync(string name)
    {
        if (!files.ContainsKey(name))
        {
            OnChange?.Invoke(name);
            Make(new NameChange(null, name, new TestFile()));
        }

        return Task.FromResult<IFile>(new Handle(this, files[name], name));
    }

    public Task<IReadOnlyList<string>> ListAsync() => Task.FromResult(Names);

    public Task RenameAsync(string from, string to)
    {
        OnChange?.Invoke(from);
        Make(new NameChange(from, to, files[from]));
        return Returns();
    }

    public Task DeleteAsync(string name)
    {
        OnChange?.Invoke(name);
        Make(new NameChange(name, null, null));
        return Returns();
    }

    public Task FlushDirectoryAsync()
    {
        var changes = unflushedNames.ToList();
        return Flush("", () =>
        {
            foreach (var change in changes.Where(unflushedNames.Remove))
            {
                change.ApplyTo(durableNames);
            }
        });
    }

    public Task<IDisposable> LockAsync()
    {
        if (locked)
        {
            throw new IOException("The disk is in use.");
        }

        locked = true;
        return Task.FromResult<IDisposable>(new Lock(this));
    }

    private TestDisk After(int namesKept, Func<TestFile, byte[]> content)
    {
        var names = new SortedDictionary<string, TestFile>(durableNames, StringComparer.Ordinal);
        foreach (var change in unflushedNames.Take(namesKept))
        {
            change.ApplyTo(names);
        }

        var disk = new TestDisk();
        foreach (var (name, file) in names)
        {
            disk[name].Set(content(file));
        }

        return disk;
    }

    private void Make(NameChange change)
    {
        change.ApplyTo(files);
        unflushedNames.Add(change);
    }

    private Task Flush(string name, Action end)
    {
        OnChange?.Invoke(name);
        FlushCount++;
        if (HoldFlushes)
        {
            held.Enqueue((new TaskCompletionSource(), end));
            return held.Last().Completion.Task;
        }

        var returns = Returns();
        if (returns.IsCompleted)
        {
            end();
        }

        return returns;
    }

    /// <summary>Completed, unless the machine has stopped.</summary>
    private Task Returns() => StopAfter-- is <= 0 ? new TaskCompletionSource().Task : Task.CompletedTask;

    private sealed class Lock(TestDisk disk) : IDisposable
    {
        public void Dispose() => disk.locked = false;
    }

    private sealed class Handle(TestDisk disk, TestFile file, string name) : IFile
    {
        public long Length => file.Content.Length;

        public Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int count) =>
            Task.FromResult<ReadOnlyMemory<byte>>(file.Content.AsMemory((int)offset, (int)Math.Min(count, file.Content.Length - offset)));

        public Task AppendAsync(ReadOnlyMemory<byte> bytes)
        {
            disk.OnChange?.Invoke(name);
            file.Append(bytes.ToArray());
            return disk.Returns();
        }

        public Task FlushAsync() => disk.Flush(name, file.BeginFlush());

        public Task TruncateAsync(long length)
        {
            disk.OnChange?.Invoke(name);
            file.Truncate((int)length);
            return disk.Returns();
        }

        public void Dispose()
        {
        }
    }
}
