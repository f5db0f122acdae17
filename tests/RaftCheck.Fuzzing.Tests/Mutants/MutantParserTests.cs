using RaftCheck.Fuzzing.Failures;
using RaftCheck.Fuzzing.Mutants;

namespace RaftCheck.Fuzzing.Tests.Mutants;

public class MutantParserTests
{
    private const string Header = """
        mechanism: A vote is given twice.
        report:    camunda 5356: two votes
        feature:   Leader election
        property:  Election Safety
        needs:     none
        scheduler: cooperative

        """;

    private const string OneEdit = """
        file: src/A.cs
        <<<
            one();
        ===
            two();

            three();
        >>>

        """;

    [Fact]
    public void A_mutant_is_its_header_and_whole_lines_to_replace()
    {
        var mutant = MutantParser.Parse("vote-twice.mutant", Header + "\n" + OneEdit);

        Assert.Equal("vote-twice", mutant.Name);
        Assert.Equal("A vote is given twice.", mutant.Mechanism);
        Assert.Equal("camunda 5356: two votes", mutant.Report);
        Assert.Equal("Leader election", mutant.Feature);
        Assert.Equal("Election Safety", mutant.Property);
        Assert.Equal("none", mutant.Needs);
        Assert.Equal("cooperative", mutant.Scheduler);
        Assert.Equal([new MutantEdit("src/A.cs", "    one();\n", "    two();\n\n    three();\n", 9)], mutant.Edits);
    }

    [Fact]
    public void A_mutant_may_change_several_files_and_several_places_in_each()
    {
        var mutant = MutantParser.Parse("m.mutant", Header + OneEdit + "<<<\nx\n===\n>>>\n\nfile: src/B.cs\n<<<\ny\n===\nz\n>>>\n");

        Assert.Equal(
            [("src/A.cs", "    one();\n"), ("src/A.cs", "x\n"), ("src/B.cs", "y\n")],
            mutant.Edits.Select(edit => (edit.File, edit.Original)));
        Assert.Equal("", mutant.Edits[1].Replacement);
    }

    [Fact]
    public void Line_endings_of_another_system_change_nothing() =>
        Assert.Equal(
            MutantParser.Parse("m.mutant", Header + OneEdit).Edits,
            MutantParser.Parse("m.mutant", (Header + OneEdit).Replace("\n", "\r\n", StringComparison.Ordinal)).Edits);

    [Theory]
    [InlineData("Vote.mutant")]
    [InlineData("vote_twice.mutant")]
    [InlineData("vote--twice.mutant")]
    [InlineData("vote-.mutant")]
    [InlineData("2-votes.mutant")]
    [InlineData(".mutant")]
    [InlineData("vote.txt")]
    public void A_name_that_is_not_words_in_small_letters_is_refused(string fileName) =>
        AssertRefused(fileName, Header + OneEdit, $"{fileName}: a mutant's name is words in small letters");

    [Fact]
    public void A_missing_field_is_named() =>
        AssertRefused(Header.Replace("needs:     none\n", "", StringComparison.Ordinal) + OneEdit, "the field needs is missing");

    [Fact]
    public void A_field_that_is_there_twice_is_refused() =>
        AssertRefused(Header + Header + OneEdit, "m.mutant:7: mechanism is there twice");

    [Fact]
    public void A_field_without_a_value_is_refused() =>
        AssertRefused("mechanism:\n" + OneEdit, "m.mutant:1: mechanism is empty");

    [Fact]
    public void An_unknown_field_is_refused() =>
        AssertRefused(Header + "author: me\n" + OneEdit, "m.mutant:7: there is no field author");

    [Fact]
    public void A_field_behind_the_first_file_is_refused() =>
        AssertRefused(OneEdit + Header, "m.mutant:9: mechanism comes after the first file");

    [Fact]
    public void An_unknown_scheduler_is_refused() =>
        AssertRefused(Header.Replace("cooperative", "round-robin", StringComparison.Ordinal) + OneEdit, "m.mutant:6: scheduler is round-robin");

    [Theory]
    [InlineData("tests/A.cs")]
    [InlineData("src/../../A.cs")]
    [InlineData("/src/A.cs")]
    [InlineData("src//A.cs")]
    [InlineData("src\\A.cs")]
    public void A_file_outside_of_the_sources_is_refused(string file) =>
        AssertRefused(Header + OneEdit.Replace("src/A.cs", file, StringComparison.Ordinal), "m.mutant:7: " + file);

    [Fact]
    public void An_edit_without_a_file_is_refused() =>
        AssertRefused(Header + "<<<\nx\n===\ny\n>>>\n", "m.mutant:7: an edit comes before the file");

    [Fact]
    public void A_mutant_without_an_edit_is_refused() =>
        AssertRefused(Header + "file: src/A.cs\n", "there is no edit");

    [Theory]
    [InlineData("<<<\nx\n===\ny\n", ">>>")]
    [InlineData("<<<\nx\n>>>\n", "===")]
    [InlineData("<<<\nx\n", "===")]
    [InlineData("<<<\nx\n===\ny\n===\n>>>\n", ">>>")]
    [InlineData("<<<\nx\n===\ny\n<<<\n>>>\n", ">>>")]
    public void An_edit_that_does_not_end_is_refused(string edit, string missing) =>
        AssertRefused(Header + "file: src/A.cs\n" + edit, "the edit goes on without its " + missing);

    [Fact]
    public void An_edit_that_replaces_nothing_is_refused() =>
        AssertRefused(Header + "file: src/A.cs\n<<<\n===\ny\n>>>\n", "the edit replaces nothing");

    [Fact]
    public void An_edit_that_changes_nothing_is_refused() =>
        AssertRefused(Header + "file: src/A.cs\n<<<\nx\n===\nx\n>>>\n", "the edit changes nothing");

    [Fact]
    public void Text_between_the_edits_is_refused() =>
        AssertRefused(Header + OneEdit + "and so on\n", "m.mutant:15: this is neither a field");

    private static void AssertRefused(string text, string problem) => AssertRefused("m.mutant", text, problem);

    private static void AssertRefused(string fileName, string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<InputException>(() => MutantParser.Parse(fileName, text)).Message, StringComparison.Ordinal);
}
