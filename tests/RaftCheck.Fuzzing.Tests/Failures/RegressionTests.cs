using RaftCheck.Fuzzing.Failures;

namespace RaftCheck.Fuzzing.Tests.Failures;

public class RegressionTests
{
    public static TheoryData<string> Saved
    {
        get
        {
            var saved = new TheoryData<string>();
            foreach (var directory in Directory.GetDirectories(Path.Combine(Root(), "histories", "regressions")).Order(StringComparer.Ordinal))
            {
                saved.Add(Path.GetFileName(directory));
            }

            return saved;
        }
    }

    [Theory]
    [MemberData(nameof(Saved))]
    public void What_was_fixed_stays_fixed(string name)
    {
        var failure = FailureStore.Load(Path.Combine(Root(), "histories", "regressions", name));

        var replay = Replay.Run(failure, failure.CoyoteTrace is null ? 300 : 20, CancellationToken.None);

        Assert.True(replay.Outcome == ReplayOutcome.NotReproduced, $"{replay.Outcome} after {replay.Runs} runs: {replay.Run.Violation?.Message ?? replay.Difference}");
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "RaftCheck.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("RaftCheck.sln is in no folder above the tests.");
        }

        return directory;
    }
}
