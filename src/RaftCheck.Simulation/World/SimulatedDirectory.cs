namespace RaftCheck.Simulation.World;

/// <summary>
/// The names of a disk's files: what a reader sees now, what is durable, and what happened in between, oldest first. A
/// flush makes durable what happened before it; a crash undoes the rest, wholly or from some operation on.
/// </summary>
internal sealed class SimulatedDirectory
{
    /// <summary>In the order of creation: a crash goes through them, and draws for each.</summary>
    private readonly List<(string Name, SimulatedFile File)> current = [];
    private readonly List<(string Name, SimulatedFile File)> durable = [];
    private readonly Queue<Change> unflushed = [];

    /// <summary>A name that went, a name that came with its file, or one for the other.</summary>
    private readonly record struct Change(long Version, string? Removed, string? Added, SimulatedFile? File);

    /// <summary>The number of the latest change.</summary>
    public long Version { get; private set; }

    /// <summary>All names, in ordinal order.</summary>
    public IReadOnlyList<string> List() => [.. current.Select(each => each.Name).Order(StringComparer.Ordinal)];

    public SimulatedFile? Find(string name)
    {
        foreach (var (fileName, file) in current)
        {
            if (fileName == name)
            {
                return file;
            }
        }

        return null;
    }

    public SimulatedFile FindOrCreate(string name)
    {
        if (Find(name) is { } found)
        {
            return found;
        }

        var created = new SimulatedFile();
        Make(new Change(Version + 1, null, name, created));
        return created;
    }

    public void Rename(string from, string to)
    {
        var renamed = Find(from) ?? throw new FileNotFoundException($"There is no file {from} to rename.", from);
        if (from != to)
        {
            Make(new Change(Version + 1, from, to, renamed));
        }
    }

    public void Delete(string name)
    {
        if (Find(name) is not null)
        {
            Make(new Change(Version + 1, name, null, null));
        }
    }

    /// <summary>Makes durable what had happened at a version.</summary>
    public void Flush(long version)
    {
        while (unflushed.TryPeek(out var change) && change.Version <= version)
        {
            Apply(unflushed.Dequeue(), durable);
        }
    }

    /// <returns>Whether anything was lost, of names or of what the files had in them.</returns>
    public bool Crash(Prng random)
    {
        var lost = CrashNames(random);
        foreach (var (_, file) in current)
        {
            lost |= file.Crash(random);
        }

        return lost;
    }

    private bool CrashNames(Prng random)
    {
        if (unflushed.Count == 0)
        {
            return false;
        }

        var kept = UnflushedWrites.Kept(random, unflushed.Count);
        var lost = kept < unflushed.Count;
        for (; kept > 0; kept--)
        {
            Apply(unflushed.Dequeue(), durable);
        }

        unflushed.Clear();
        current.Clear();
        current.AddRange(durable);
        return lost;
    }

    private void Make(Change change)
    {
        Version = change.Version;
        Apply(change, current);
        unflushed.Enqueue(change);
    }

    private static void Apply(Change change, List<(string Name, SimulatedFile File)> names)
    {
        names.RemoveAll(each => each.Name == change.Removed || each.Name == change.Added);
        if (change is { Added: { } added, File: { } file })
        {
            names.Add((added, file));
        }
    }
}
