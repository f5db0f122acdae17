namespace RaftCheck.Linearizability.Tests;

/// <summary>The checkout that the tests are part of.</summary>
internal static class Repository
{
    /// <summary>Where a file of it is.</summary>
    public static string PathOf(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, file))) return Path.Combine(folder.FullName, file);
        }

        throw new FileNotFoundException($"{file} is not above the tests");
    }
}
