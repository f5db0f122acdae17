namespace RaftCheck.Linearizability.Tests;

public sealed class DocumentedHistoriesTests
{
    private static readonly Dictionary<string, string> Formats = new()
    {
        ["jsonl"] = HistoryFormats.JsonLines,
        ["edn"] = HistoryFormats.Edn,
        ["jepsen-log"] = HistoryFormats.JepsenLog,
    };

    public static TheoryData<string, string> Good() => Examples(isRefused: false);

    public static TheoryData<string, string> Refused() => Examples(isRefused: true);

    [Theory, MemberData(nameof(Good))]
    public void Every_example_is_read_in_its_format_and_is_the_same_after_conversion(string format, string text)
    {
        RecordedHistory read = Reading.Read(text, "history");
        Assert.Equal(format, read.Format);
        Assert.NotEmpty(read.History.Operations);
        // A header that is shown is the one that would be written.
        if (text.Contains(HistoryHeader.FormatName, StringComparison.Ordinal))
            Assert.Equal(text + "\n", Reading.Write(read.History, format, read.Model));
        foreach (string other in (string[])[HistoryFormats.JsonLines, HistoryFormats.Edn])
            Assert.Equal(read.History.Events, Reading.Read(Reading.Write(read.History, other)).History.Events);
    }

    [Theory, MemberData(nameof(Refused))]
    public void Every_example_that_is_refused_gives_the_message_below_it(string text, string message) =>
        Assert.Equal(message, Reading.Complaint(text, "history"));

    [Fact]
    public void Every_format_has_an_example_that_is_read_and_one_that_is_refused()
    {
        Assert.Equal(Formats.Values.Order(), Good().Select(static row => (string)row[0]).Distinct().Order());
        Assert.Equal(Formats.Count, Refused().Count);
    }

    private static TheoryData<string, string> Examples(bool isRefused)
    {
        var examples = new TheoryData<string, string>();
        string[] lines = File.ReadAllLines(Repository.PathOf("docs/HISTORIES.md"));
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].TrimStart('`').Split(' ');
            if (!lines[i].StartsWith("```", StringComparison.Ordinal) || !Formats.TryGetValue(words[0], out string? format)) continue;
            (string text, int end) = Fence(lines, i);
            if (words.Length == 1 && !isRefused) examples.Add(format, text);
            if (words.Length > 1 && isRefused) examples.Add(text, Fence(lines, Array.IndexOf(lines, "```message", end)).Text);
            i = end;
        }

        return examples;
    }

    private static (string Text, int End) Fence(string[] lines, int start)
    {
        int end = Array.IndexOf(lines, "```", start);
        return (string.Join('\n', lines[(start + 1)..end]), end);
    }
}
