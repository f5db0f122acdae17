using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.World;

/// <summary>
/// A server's disk. It outlives the server's process, and a crash takes from it what was not flushed, of the files and of
/// their names: all of it, or from any byte or operation on.
/// </summary>
internal sealed class SimulatedDisk(VirtualWorld world, DiskConditions conditions, Prng random) : ISimulatedDisk
{
    private readonly SimulatedDirectory directory = new();

    /// <summary>The process that has locked the disk; the lock of an earlier one went with it.</summary>
    private ProcessContext? lockedBy;

    /// <summary>The process that uses the disk now; completions for an earlier one are lost with it.</summary>
    public ProcessContext? User { get; set; }

    public void Create(string file)
    {
        RequireControl();
        directory.FindOrCreate(file);
    }

    public ReadOnlyMemory<byte> Read(string file)
    {
        RequireControl();
        return directory.Find(file)?.Content ?? ReadOnlyMemory<byte>.Empty;
    }

    public void Append(string file, ReadOnlySpan<byte> bytes)
    {
        RequireControl();
        directory.FindOrCreate(file).Append(bytes);
    }

    public void Truncate(string file, long length)
    {
        RequireControl();
        directory.FindOrCreate(file).Truncate((int)length);
    }

    public IReadOnlyList<string> List()
    {
        RequireControl();
        return directory.List();
    }

    public void Rename(string from, string to)
    {
        RequireControl();
        directory.Rename(from, to);
    }

    public void Delete(string file)
    {
        RequireControl();
        directory.Delete(file);
    }

    public Task FlushAsync(string file)
    {
        RequireControl();
        var target = directory.FindOrCreate(file);
        var version = target.Version;
        return AfterFlush(() => target.Flush(version));
    }

    public Task FlushDirectoryAsync()
    {
        RequireControl();
        var version = directory.Version;
        return AfterFlush(() => directory.Flush(version));
    }

    public IDisposable Lock()
    {
        RequireControl();
        if (lockedBy is { IsAlive: true })
        {
            throw new IOException("The disk is in use already.");
        }

        lockedBy = User;
        return new Unlock(this, User);
    }

    /// <summary>The machine crashes.</summary>
    /// <returns>Whether anything was lost.</returns>
    public bool Crash() => directory.Crash(random);

    /// <summary>Makes something durable once the disk has taken its time; if the process lives until then, it learns of it.</summary>
    private Task AfterFlush(Action makeDurable)
    {
        var durationMs = random.Next(conditions.FlushMinMs, conditions.FlushMaxMs + 1);
        if (durationMs == 0)
        {
            makeDurable();
            return Task.CompletedTask;
        }

        var process = User;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.After(durationMs * 1000L, () =>
        {
            if (process is { IsAlive: true })
            {
                makeDurable();
                done.SetResult();
            }
        });
        return done.Task;
    }

    private void RequireControl() => world.RequireControl(User?.Server ?? -1);

    private sealed class Unlock(SimulatedDisk disk, ProcessContext? owner) : IDisposable
    {
        public void Dispose()
        {
            if (disk.lockedBy == owner)
            {
                disk.lockedBy = null;
            }
        }
    }
}
