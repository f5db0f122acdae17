namespace RaftCheck.Cli.Tests;

public sealed class DocumentedExplanationTests : IDisposable
{
    private readonly TemporaryFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_worked_example_is_what_the_program_prints()
    {
        var document = File.ReadAllText(Find("docs/EXPLANATIONS.md")).ReplaceLineEndings("\n");
        var result = RaftCheckProcess.Run("check", files.Write("h.jsonl", Block(document, "```jsonl register\n")), "--model", "register");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(Block(document, "```text\n"), result.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static string Block(string document, string start)
    {
        var from = document.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return document[from..document.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private static string Find(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, file)))
            {
                return Path.Combine(folder.FullName, file);
            }
        }

        throw new FileNotFoundException($"{file} is not above the tests");
    }
}
