using System.Text.Json;

namespace RaftCheck.Cli.Tests;

public class ListTests
{
    [Theory]
    [InlineData("models", "cas-register")]
    [InlineData("faults", "mute-outbound")]
    [InlineData("properties", "Leader Completeness")]
    [InlineData("strategies", "coyote/q-learning")]
    public void Each_list_can_be_asked_for(string list, string expected)
    {
        var result = RaftCheckProcess.Run("list", list);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(list, result.Output, StringComparison.Ordinal);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void All_lists_are_one_JSON_document()
    {
        using var document = JsonDocument.Parse(RaftCheckProcess.Run("list", "--json").Output);

        Assert.Equal(["models", "faults", "properties", "strategies"], document.RootElement.EnumerateObject().Select(list => list.Name));
    }

    [Fact]
    public void A_command_that_does_not_exist_is_bad_usage() =>
        Assert.Equal(2, RaftCheckProcess.Run("hunt").ExitCode);

    [Fact]
    public void Help_says_what_the_exit_codes_mean() =>
        Assert.Contains("Exit codes: 0 nothing", RaftCheckProcess.Run("--help").Output, StringComparison.Ordinal);
}
