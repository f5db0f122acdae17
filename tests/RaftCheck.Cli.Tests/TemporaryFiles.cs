namespace RaftCheck.Cli.Tests;

/// <summary>A folder for one test, and files in it.</summary>
public sealed class TemporaryFiles : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("raftcheck-").FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(Directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
