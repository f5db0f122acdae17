using System.Globalization;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Documentation;

/// <summary>Holds <c>docs/RAFT.md</c> to the code, the tests and the mutants that it names.</summary>
public sealed class RaftDocumentTests : IDisposable
{
    private const string TestColumn = "our test";
    private const string MutantColumn = "our mutant";

    private readonly string directory = Directory.CreateTempSubdirectory("raftcheck-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void The_example_in_the_document_is_the_one_that_compiles()
    {
        var source = File.ReadAllLines(Path.Combine(RaftDocument.Root, "tests", "RaftCheck.Raft.Tests", "Documentation", "RaftExample.cs"));
        var compiled = source.SkipWhile(line => !line.Contains("// <example>", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains("// </example>", StringComparison.Ordinal))
            .Select(line => line.Length == 0 ? line : line["        ".Length..]);
        var documented = RaftDocument.Lines.SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```");
        Assert.Equal(string.Join('\n', compiled), string.Join('\n', documented));
    }

    [Fact]
    public async Task The_example_does_what_the_document_says() =>
        Assert.Equal("Applied, blue, Committed: (n0) learners=(n3)", await RaftExample.RunAsync(Server(0), [Server(0)], new NoNetwork(), directory));

    [Fact]
    public void The_document_lists_every_setting_with_its_default()
    {
        var inCode = typeof(RaftOptions).GetProperties().Where(p => p.CanWrite).Select(p => $"{p.Name} {Text(p.Name, p.GetValue(new RaftOptions())!)}");
        var inDocument = RaftDocument.Rows(RaftDocument.Section("Settings")).Select(cells => $"{RaftDocument.Names(cells[0]).Single()} {cells[1]}");
        Assert.Equal(inCode.Order(), inDocument.Order());
    }

    [Fact]
    public void The_document_says_of_every_outcome_what_a_client_may_do()
    {
        var inCode = new[] { typeof(ProposeOutcome), typeof(ReadOutcome), typeof(ChangeOutcome), typeof(TransferResult) }
            .SelectMany(type => Enum.GetNames(type).Select(name => $"{type.Name} {name}"));
        var inDocument = RaftDocument.Rows(RaftDocument.Section("Outcomes"))
            .SelectMany(cells => RaftDocument.Names(cells[0]).SelectMany(type => RaftDocument.Names(cells[1]).Select(name => $"{type} {name}")));
        Assert.Equal(inCode.Order(), inDocument.Order());
    }

    [Fact]
    public void Every_test_that_the_document_names_is_there()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(RaftDocument.Root, "tests"), "*.*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.Contains("Scripts", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet();
        var named = NamesIn(TestColumn);
        Assert.NotEmpty(named);
        Assert.Equal([], named.Except(tests));
    }

    [SkippableFact]
    public void Every_mutant_that_the_document_names_is_there()
    {
        var mutants = Path.Combine(RaftDocument.Root, "tests", "mutants");
        Skip.IfNot(Directory.Exists(mutants), "There is no folder tests/mutants here.");
        var known = Directory.EnumerateFiles(mutants, "*.mutant").Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet();
        Assert.Equal([], NamesIn(MutantColumn).Except(known));
    }

    [Fact]
    public void Every_row_of_the_comparison_says_something_of_everybody()
    {
        var rows = RaftDocument.Comparison().ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.All(row.Values, cell => Assert.NotEqual("", cell)));
        Assert.All(rows, row => Assert.All(RaftDocument.References, reference => Assert.Matches("^(yes|no|partly|§|\\?)", row[reference])));
    }

    private static List<string> NamesIn(string column) => [.. RaftDocument.Comparison().SelectMany(row => RaftDocument.Names(row[column])).Distinct()];

    /// <summary>A default as the document writes it.</summary>
    private static string Text(string name, object value) => value switch
    {
        bool b => b ? "true" : "false",
        TimeSpan { TotalMinutes: >= 1 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalHours} h"),
        TimeSpan t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMilliseconds} ms"),
        double d => d.ToString(CultureInfo.InvariantCulture),
        _ when name.Contains("Bytes", StringComparison.Ordinal) => Bytes(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
    };

    private static string Bytes(long value) => value % (1 << 20) == 0 ? $"{value >> 20} MiB" : $"{value >> 10} KiB";
}
