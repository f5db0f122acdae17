using RaftCheck.Fuzzing.Failures;
using RaftCheck.Fuzzing.Mutants;

namespace RaftCheck.Fuzzing.Tests.Mutants;

public sealed class MutantTests : IDisposable
{
    private readonly string root = Path.Combine(Path.GetTempPath(), "raftcheck-" + Path.GetRandomFileName());

    public MutantTests() => Directory.CreateDirectory(Path.Combine(root, "src"));

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Every_edit_is_made_and_the_rest_of_the_file_stays()
    {
        var mutant = MutantOf(new("src/A.cs", "four\n", "", 1), new("src/A.cs", "two\n", "2\n2\n", 2));

        Assert.Equal("one\n2\n2\nthree\n", mutant.Apply(_ => "one\ntwo\nthree\nfour\n")["src/A.cs"]);
    }

    [Fact]
    public void A_text_that_is_gone_is_an_error_that_names_the_edit_and_the_file()
    {
        var error = Assert.Throws<InputException>(() => MutantOf(new MutantEdit("src/A.cs", "    two();\n    three();\n", "x\n", 9)).Apply(_ => "one\n"));

        Assert.Equal("m.mutant:9: src/A.cs does not have these lines any more, which begin with: two();", error.Message);
    }

    [Fact]
    public void A_text_that_is_there_twice_is_an_error() =>
        Assert.Contains(
            "has these lines more than once",
            Assert.Throws<InputException>(() => MutantOf(new MutantEdit("src/A.cs", "one\n", "x\n", 9)).Apply(_ => "one\ntwo\none\n")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_text_that_ends_another_line_is_another_text()
    {
        var mutant = MutantOf(new MutantEdit("src/A.cs", "one();\n", "two();\n", 1));

        Assert.Equal("    one();\ntwo();\n", mutant.Apply(_ => "    one();\none();\n")["src/A.cs"]);
    }

    [Fact]
    public void What_one_edit_puts_there_is_not_replaced_by_another()
    {
        var mutant = MutantOf(new("src/A.cs", "one\n", "two\n", 1), new("src/A.cs", "two\n", "three\n", 2));

        Assert.Equal("two\nthree\n", mutant.Apply(_ => "one\ntwo\n")["src/A.cs"]);
    }

    [Fact]
    public void Edits_that_overlap_are_an_error() =>
        Assert.Contains(
            "has lines that two edits replace",
            Assert.Throws<InputException>(() => MutantOf(new("src/A.cs", "one\ntwo\n", "x\n", 1), new("src/A.cs", "two\n", "y\n", 2)).Apply(_ => "one\ntwo\n")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_tree_is_changed_wholly_or_not_at_all()
    {
        Write("src/A.cs", "one\r\ntwo\r\n");
        Write("src/B.cs", "three\n");
        var good = MutantOf(new("src/A.cs", "one\n", "1\n", 1), new("src/B.cs", "three\n", "3\n", 2));
        var bad = MutantOf(new("src/A.cs", "one\n", "1\n", 1), new("src/B.cs", "four\n", "4\n", 2));

        Assert.Throws<InputException>(() => bad.ApplyTo(root));
        Assert.Equal("one\r\ntwo\r\n", Read("src/A.cs"));

        good.ApplyTo(root);
        Assert.Equal(("1\ntwo\n", "3\n"), (Read("src/A.cs"), Read("src/B.cs")));
    }

    [Fact]
    public void A_file_or_folder_that_is_not_there_is_an_error_in_one_line()
    {
        Assert.Contains("there is no such file", Assert.Throws<InputException>(() => MutantOf(new MutantEdit("src/A.cs", "one\n", "", 1)).ApplyTo(root)).Message, StringComparison.Ordinal);
        Assert.Contains("there is no such file", Assert.Throws<InputException>(() => Mutant.Load(Path.Combine(root, "none.mutant"))).Message, StringComparison.Ordinal);
        Assert.Contains("there is no such folder", Assert.Throws<InputException>(() => Mutant.LoadAll(Path.Combine(root, "none"))).Message, StringComparison.Ordinal);
    }

    private static Mutant MutantOf(params MutantEdit[] edits) => new()
    {
        Name = "m",
        Mechanism = "It breaks.",
        Report = "none: made up",
        Feature = "Leader election",
        Property = "Election Safety",
        Needs = "none",
        Scheduler = "cooperative",
        Edits = edits,
    };

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(root, file), text);

    private string Read(string file) => File.ReadAllText(Path.Combine(root, file));
}
