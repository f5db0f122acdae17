using System.Text.RegularExpressions;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>SCRIPTS.md lists each script and each command, and nothing else.</summary>
public sealed partial class ScriptDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(ScenarioScripts.Folder(), "..", "SCRIPTS.md"));

    [Fact]
    public void Every_script_stands_in_a_table_and_every_script_of_a_table_exists()
    {
        // In the first table a row without a script of ours says why, and its last column then names others.
        var ours = Rows("The scenarios of etcd-io/raft").Select(row => OurScript().Match(row)).Where(match => match.Success).Select(match => match.Groups[1].Value)
            .Concat(Rows("Famous situations").Select(FirstName));
        Assert.Equal(ScenarioScripts.ScriptNames(), ours.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_scenario_of_etcd_has_a_script_of_the_same_name_or_a_reason_why_not()
    {
        foreach (var row in Rows("The scenarios of etcd-io/raft"))
        {
            Assert.True(
                row.Contains("| does not apply: ", StringComparison.Ordinal) || OurScript().Match(row).Groups[1].Value == FirstName(row),
                $"Neither a script of that name nor a reason: {row}");
        }
    }

    [Fact]
    public void Every_command_is_documented_and_every_documented_command_exists() =>
        Assert.Equal(
            ScriptCommands.All.Keys.Order(StringComparer.Ordinal),
            Rows("Commands").Select(row => FirstName(row).Split(' ')[0]).Order(StringComparer.Ordinal));

    private static string FirstName(string row) => FirstColumn().Match(row).Groups[1].Value;

    /// <summary>The rows of the table in a section, without its head.</summary>
    private static IEnumerable<string> Rows(string section)
    {
        var begin = Document.IndexOf($"## {section}\n", StringComparison.Ordinal);
        Assert.True(begin >= 0, $"SCRIPTS.md has no section \"{section}\".");
        var end = Document.IndexOf("\n## ", begin, StringComparison.Ordinal);
        return Document[begin..(end < 0 ? Document.Length : end)].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
    }

    [GeneratedRegex("^\\| `([^`]+)`")]
    private static partial Regex FirstColumn();

    [GeneratedRegex("^\\| `[^`]+` \\| `([^`]+)`")]
    private static partial Regex OurScript();
}
