namespace RaftCheck.Linearizability.Tests;

public sealed class DocumentedModelsTests
{
    public static TheoryData<string, string, string> Examples()
    {
        var examples = new TheoryData<string, string, string>();
        string[] lines = File.ReadAllLines(Repository.PathOf("docs/MODELS.md"));
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```jsonl ", StringComparison.Ordinal)) continue;
            string[] words = lines[i].Split(' ');
            int end = Array.IndexOf(lines, "```", i);
            examples.Add(words[1], words[2], string.Join('\n', lines[(i + 1)..end]));
        }

        return examples;
    }

    [Theory, MemberData(nameof(Examples))]
    public void Every_example_has_the_verdict_that_stands_beside_it(string model, string verdict, string history)
    {
        CheckResult result = LinearizabilityChecker.Check(Reading.Read(history).History, Linearizability.Models.Find(model));
        Assert.Equal(verdict, result.Verdict == Verdict.Linearizable ? "linearizable" : "not-linearizable");
    }

    [Fact]
    public void Every_model_is_described()
    {
        string headings = string.Join(' ', File.ReadLines(Repository.PathOf("docs/MODELS.md")).Where(static line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.All(Linearizability.Models.All, info => Assert.Contains(info.Name, headings, StringComparison.Ordinal));
        Assert.True(Examples().Count >= Linearizability.Models.All.Count);
    }
}
