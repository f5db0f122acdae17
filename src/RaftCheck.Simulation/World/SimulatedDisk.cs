using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.World;

/// <summary>
/// A server's disk. It outlives the server's process, and a crash takes from it what was not flushed: all of it, or from
/// any byte on.
/// </summary>
internal sealed class SimulatedDisk(VirtualWorld world, DiskConditions conditions, Prng random) : ISimulatedDisk
{
    /// <summary>By name, in the order of creation: a crash goes through them, and draws for each.</summary>
    private readonly List<(string Name, SimulatedFile File)> files = [];

    /// <summary>The process that uses the disk now; completions for an earlier one are lost with it.</summary>
    public ProcessContext? User { get; set; }

    public ReadOnlyMemory<byte> Read(string file)
    {
        RequireControl();
        return Find(file).Content;
    }

    public void Append(string file, ReadOnlySpan<byte> bytes)
    {
        RequireControl();
        Find(file).Append(bytes);
    }

    public void Truncate(string file, long length)
    {
        RequireControl();
        Find(file).Truncate((int)length);
    }

    public IReadOnlyList<string> List()
    {
        RequireControl();
        return [.. files.Select(each => each.Name).Order(StringComparer.Ordinal)];
    }

    public void Rename(string from, string to)
    {
        RequireControl();
        var renamed = Find(from);
        files.RemoveAll(each => each.Name == to);
        files[files.FindIndex(each => each.File == renamed)] = (to, renamed);
    }

    public void Delete(string file)
    {
        RequireControl();
        files.RemoveAll(each => each.Name == file);
    }

    public Task FlushAsync(string file)
    {
        RequireControl();
        var target = Find(file);
        var durationMs = random.Next(conditions.FlushMinMs, conditions.FlushMaxMs + 1);
        if (durationMs == 0)
        {
            target.Flush(target.Version);
            return Task.CompletedTask;
        }

        var process = User;
        var version = target.Version;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.After(durationMs * 1000L, () =>
        {
            if (process is { IsAlive: true })
            {
                target.Flush(version);
                done.SetResult();
            }
        });
        return done.Task;
    }

    /// <summary>The machine crashes.</summary>
    /// <returns>Whether anything was lost.</returns>
    public bool Crash()
    {
        var lost = false;
        foreach (var (_, file) in files)
        {
            lost |= file.Crash(random);
        }

        return lost;
    }

    private void RequireControl() => world.RequireControl(User?.Server ?? -1);

    private SimulatedFile Find(string name)
    {
        foreach (var (fileName, file) in files)
        {
            if (fileName == name)
            {
                return file;
            }
        }

        var created = new SimulatedFile();
        files.Add((name, created));
        return created;
    }
}
