namespace RaftCheck.Raft.Host.Tests;

/// <summary>A directory for one test, deleted with all that is in it, unless somebody should look at it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private bool isKept;

    public string Path { get; } = Directory.CreateTempSubdirectory("raftcheck-host-").FullName;

    public void Keep() => isKept = true;

    public void Dispose()
    {
        if (!isKept)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
