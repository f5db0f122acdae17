using RaftCheck.Fuzzing.Mutants;
using RaftCheck.RaftSystem;
using RaftCheck.Simulation.World;

namespace RaftCheck.Fuzzing.Tests.Mutants;

/// <summary>The mutants of the repository fit the sources beside them.</summary>
public class MutantFilesTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Names
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (var file in Directory.GetFiles(MutantsFolder).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                names.Add(Path.GetFileName(file));
            }

            return names;
        }
    }

    private static string MutantsFolder => Path.Combine(Root, "tests", "mutants");

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_mutant_is_one_and_every_text_that_it_replaces_is_in_the_sources_once(string fileName)
    {
        var mutant = Mutant.Load(Path.Combine(MutantsFolder, fileName));

        var changed = mutant.Apply(file => File.ReadAllText(Path.Combine(Root, file)));

        Assert.All(changed, each => Assert.NotEqual(Mutant.WithLineFeeds(File.ReadAllText(Path.Combine(Root, each.Key))), each.Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_mutant_breaks_the_Raft_and_not_its_oracle(string fileName) =>
        Assert.All(
            Mutant.Load(Path.Combine(MutantsFolder, fileName)).Edits,
            edit => Assert.StartsWith("src/RaftCheck.Raft/", edit.File, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_mutant_expects_a_property_that_there_is(string fileName) =>
        Assert.Contains(
            Mutant.Load(Path.Combine(MutantsFolder, fileName)).Property,
            new RaftSystemUnderTest().Properties.Concat(WorldProperties.All));

    [Fact]
    public void No_two_mutants_are_the_same_change()
    {
        var mutants = Mutant.LoadAll(MutantsFolder);

        Assert.NotEmpty(mutants);
        Assert.Equal(mutants.Count, mutants.Select(mutant => string.Join('\0', mutant.Edits.Select(edit => (edit.File, edit.Original, edit.Replacement)))).Distinct().Count());
        Assert.Equal(mutants.Count, mutants.Select(mutant => mutant.Mechanism).Distinct().Count());
    }

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "RaftCheck.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("RaftCheck.sln is in no folder above the tests.");
        }

        return directory;
    }
}
