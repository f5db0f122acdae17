using System.Text.Json;
using RaftCheck.Simulation.Schedulers;

namespace RaftCheck.Cli.Tests;

public sealed class FuzzTests : IDisposable
{
    private readonly TemporaryFiles files = new();

    public static TheoryData<string, string?> Schedulers
    {
        get
        {
            var schedulers = new TheoryData<string, string?> { { CooperativeScheduler.SchedulerName, null } };
            foreach (var (name, _, _) in CoyoteStrategies.All)
            {
                schedulers.Add(CoyoteScheduler.SchedulerName, name);
            }

            return schedulers;
        }
    }

    public void Dispose() => files.Dispose();

    [Fact]
    public void Both_schedulers_hunt_and_the_summary_says_what_they_did()
    {
        var result = RaftCheckProcess.Run("fuzz", "--runs", "60", "--seed", "3", "--out", files.Directory);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("cooperative (1 worker)", result.Output, StringComparison.Ordinal);
        Assert.Contains("coyote (1 worker)", result.Output, StringComparison.Ordinal);
        Assert.Contains("No violation found.", result.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(files.Directory));
    }

    [Fact]
    public void A_seed_repeats_the_whole_campaign()
    {
        Assert.Equal(Numbers(), Numbers());

        string Numbers()
        {
            var result = RaftCheckProcess.Run("fuzz", "--runs", "80", "--seed", "4", "--scheduler", "cooperative", "--json", "--out", files.Directory);
            using var document = JsonDocument.Parse(result.Output);
            var statistics = document.RootElement.GetProperty("schedulers")[0].GetProperty("statistics");
            return string.Join(' ', statistics.EnumerateObject().Where(field => field.Name != "elapsedMs").Select(field => field.Value.GetRawText()));
        }
    }

    [Fact]
    public void Being_told_to_end_ends_with_a_summary()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // There is no way to send Ctrl-C to a process without a console of its own.
        }

        using var fuzz = RaftCheckProcess.Start("fuzz", "--time", "5m", "--seed", "1", "--out", files.Directory);
        Assert.NotNull(fuzz.StandardError.ReadLine()); // The first line of progress: now it is under way.
        using var kill = System.Diagnostics.Process.Start("kill", ["-INT", fuzz.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var output = fuzz.StandardOutput.ReadToEnd();

        Assert.True(fuzz.WaitForExit(30_000));
        Assert.Equal(0, fuzz.ExitCode);
        Assert.Contains("Interrupted after", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--runs", "0")]
    [InlineData("--time", "never")]
    [InlineData("--scheduler", "fair")]
    [InlineData("--strategy", "luck")]
    [InlineData("--workers", "none")]
    public void A_value_that_makes_no_sense_is_bad_usage(string option, string value) =>
        CheckTests.AssertBadInput(RaftCheckProcess.Run("fuzz", option, value), value);

    [Theory]
    [MemberData(nameof(Schedulers))]
    public void One_seed_in_two_processes_gives_the_same_bytes(string scheduler, string? strategy)
    {
        string[] arguments = ["digest", "--scheduler", scheduler, "--seed", "11", .. strategy is null ? Array.Empty<string>() : ["--strategy", strategy]];

        var first = RaftCheckProcess.Run(arguments);
        var second = RaftCheckProcess.Run(arguments);

        Assert.Equal((0, 3), (first.ExitCode, first.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Equal(first.Output, second.Output);
    }
}
