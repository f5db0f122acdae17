namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>The engine that runs the scripts.</summary>
public sealed class ScriptTests
{
    [Fact]
    public void What_is_printed_takes_the_place_of_what_was_expected()
    {
        var written = Script.Run("# Prose.\n\na\nb\n----\nold\nolder\n\nc\n----\n", command => command == "c" ? "" : $"did {command}\n");
        Assert.Equal("# Prose.\n\na\nb\n----\ndid a\ndid b\n\nc\n----\nnothing\n", written);
    }

    [Fact]
    public void A_command_that_does_not_exist_fails_with_its_line()
    {
        var failure = Assert.Throws<ScriptException>(() => Script.Run("# Prose.\n\nadd-servers 1\nfly 1\n----\n", new ScriptCluster().Execute));
        Assert.StartsWith("Line 4, \"fly 1\": There is no command \"fly\".", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status 7", "There is no server 7.")]
    [InlineData("options haste=on", "There is no option haste.")]
    [InlineData("options max-entries=many", "\"many\" is not a number.")]
    [InlineData("log-level loud", "The log level is none or all, not loud.")]
    [InlineData("complete-flush 1", "No flush of 1 is held.")]
    [InlineData("given 1 log=1", "The term is missing.")]
    [InlineData("campaign", "An argument is missing.")]
    public void A_command_that_cannot_be_done_fails_with_its_line_and_the_reason(string command, string reason)
    {
        var failure = Assert.Throws<ScriptException>(() => Script.Run($"add-servers 1\n{command}\n----\n", new ScriptCluster().Execute));
        Assert.StartsWith($"Line 2, \"{command}\": {reason}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_without_the_dashes_behind_it_is_not_overlooked()
    {
        var failure = Assert.Throws<ScriptException>(() => Script.Run("add-servers 1\n", _ => ""));
        Assert.StartsWith("Line 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_that_expects_something_else_is_not_what_is_written()
    {
        const string Expected = "add-servers 1\n----\nn1 starts with term=0 vote=none last=1\n";
        Assert.NotEqual(Expected, Script.Run(Expected, new ScriptCluster().Execute));
    }
}
