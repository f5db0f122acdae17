namespace RaftCheck.Raft.Host.Tests;

/// <summary>What the host says when it can't do what it is asked to: one line, and an exit code.</summary>
public sealed class HostErrorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Without_a_directory_it_says_how_to_use_it() => await FailsAsync(2, "the directory is missing; usage: ");

    [Fact]
    public async Task An_unknown_option_is_named() => await FailsAsync(2, "there is no option --kill", "d", "--kill", "1");

    [Fact]
    public async Task An_option_without_a_value_is_named() => await FailsAsync(2, "--seed has no value", "d", "--seed");

    [Fact]
    public async Task A_number_that_is_none_is_quoted() => await FailsAsync(2, "--clients must be a whole number from 1, and is '0'", "d", "--clients", "0");

    [Fact]
    public async Task A_directory_that_is_a_file_is_refused()
    {
        using var files = new TemporaryDirectory();
        var file = Path.Combine(files.Path, "file");
        await File.WriteAllTextAsync(file, "");
        await FailsAsync(2, file, file);
    }

    [Fact]
    public async Task A_damaged_storage_is_refused_and_the_file_is_named()
    {
        using var files = new TemporaryDirectory();
        using (var first = new HostProcess(files.Path))
        {
            Assert.True(await first.IsReadyAsync(Limit));
            Assert.True(await first.EndAsync(Limit), "The host did not end.");
            Assert.Equal(0, first.ExitCode);
        }

        var manifest = Assert.Single(Directory.GetFiles(Path.Combine(files.Path, "n1"), "*manifest*", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive }));
        var bytes = await File.ReadAllBytesAsync(manifest);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(manifest, bytes);
        await FailsAsync(2, Path.GetFileName(manifest), files.Path);
    }

    [Fact]
    public async Task A_directory_that_another_host_uses_is_refused_and_the_other_goes_on()
    {
        using var files = new TemporaryDirectory();
        using var first = new HostProcess(files.Path);
        Assert.True(await first.IsReadyAsync(Limit));
        await FailsAsync(2, "is in use by another process", files.Path);
        Assert.True(await first.EndAsync(Limit), "The host did not end.");
        Assert.Equal(0, first.ExitCode);
    }

    private static async Task FailsAsync(int exitCode, string message, params string[] arguments)
    {
        using var host = new HostProcess(arguments);
        Assert.True(await host.HasEndedAsync(Limit), "The host did not end.");
        Assert.Equal(exitCode, host.ExitCode);
        var line = Assert.Single(host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("raft host: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Lines, each => each.Contains("\"f\":\"ready\"", StringComparison.Ordinal));
    }
}
