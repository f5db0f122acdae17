using System.Diagnostics;
using System.Net.Sockets;
using RaftCheck.Cli.Terminal;
using RaftCheck.Fuzzing.Failures;

namespace RaftCheck.Cli.Tests;

/// <summary>
/// Only a regular file is ever replaced, whatever the user forces: a rename over a device, a pipe or a link replaces that
/// and not what is behind it. The history is one that can't be read, so that an error about the new file comes first only if
/// it comes before all work.
/// </summary>
public sealed class NewFileTests : IDisposable
{
    private readonly TemporaryFiles files = new();

    public void Dispose() => files.Dispose();

    [SkippableTheory]
    [InlineData("check")]
    [InlineData("report")]
    [InlineData("convert")]
    public void A_pipe_is_refused_before_any_work_also_with_force(string command)
    {
        var pipe = Pipe();
        AssertRefused(command, pipe, "this is a device, a pipe or a socket");
        Assert.Equal(PathKind.Special, PathKinds.Of(pipe));
    }

    [SkippableFact]
    public void A_socket_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "sockets are no files there");
        var path = Path.Combine(files.Directory, "s");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        AssertRefused("convert", path, "this is a device, a pipe or a socket");
    }

    [SkippableTheory]
    [InlineData("check", "file")]
    [InlineData("report", "file")]
    [InlineData("convert", "file")]
    [InlineData("convert", "pipe")]
    [InlineData("convert", "folder")]
    [InlineData("convert", "nothing")]
    public void A_symbolic_link_is_refused_wherever_it_leads(string command, string where)
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege there");
        var target = where switch
        {
            "file" => files.Write("target", "mine"),
            "pipe" => Pipe(),
            "folder" => Directory.CreateDirectory(Path.Combine(files.Directory, "target")).FullName,
            _ => Path.Combine(files.Directory, "target"),
        };
        var link = Path.Combine(files.Directory, "link");
        File.CreateSymbolicLink(link, target);

        AssertRefused(command, link, "this is a symbolic link");
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        if (where == "file")
        {
            Assert.Equal("mine", File.ReadAllText(target));
        }
    }

    [Theory]
    [InlineData("check")]
    [InlineData("report")]
    [InlineData("convert")]
    public void A_folder_is_refused_before_any_work_also_with_force(string command)
    {
        var folder = Directory.CreateDirectory(Path.Combine(files.Directory, "folder")).FullName;
        AssertRefused(command, folder, "this is a folder");
        AssertRefused(command, folder + Path.DirectorySeparatorChar, "this is a folder");
        AssertRefused(command, Path.Combine(files.Directory, "none") + Path.DirectorySeparatorChar, "this is a folder");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("report")]
    [InlineData("convert")]
    public void A_folder_that_is_not_there_is_said_before_any_work(string command) =>
        AssertRefused(command, Path.Combine(files.Directory, "none", "out"), "there is no such folder");

    [SkippableFact]
    public void What_was_put_there_while_the_work_was_done_is_not_replaced_either()
    {
        Skip.If(OperatingSystem.IsWindows(), "there is no mkfifo");
        var file = new NewFile(Path.Combine(files.Directory, "pipe"), overwrite: true);

        var refused = Assert.Throws<InputException>(() => file.Write(stream =>
        {
            stream.WriteByte(1);
            Pipe();
        }));

        Assert.Contains("a pipe or a socket", refused.Message, StringComparison.Ordinal);
        Assert.Equal(PathKind.Special, PathKinds.Of(file.Path));
        Assert.Equal([file.Path], Directory.GetFileSystemEntries(files.Directory));
    }

    [Fact]
    public void A_regular_file_is_replaced_only_if_that_was_said_and_whole_or_not_at_all()
    {
        var path = files.Write("out", "mine");
        Assert.Throws<InputException>(() => new NewFile(path, overwrite: false));
        Assert.Throws<InvalidDataException>(() => new NewFile(path, overwrite: true).Write(static stream =>
        {
            stream.WriteByte((byte)'h');
            throw new InvalidDataException();
        }));
        Assert.Equal("mine", File.ReadAllText(path));

        new NewFile(path, overwrite: true).Write(static stream => stream.WriteByte((byte)'x'));
        Assert.Equal("x", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(files.Directory));
    }

    private void AssertRefused(string command, string path, string expected)
    {
        var history = files.Write("h.jsonl", "{\"type\":");
        var before = Entries();
        CheckTests.AssertBadInput(
            RaftCheckProcess.Run(command switch
            {
                "check" => ["check", history, "--model", "register", "--html", path, "--force"],
                "report" => ["report", history, "--model", "register", "-o", path, "--force"],
                _ => ["convert", history, path, "--force"],
            }),
            $"{path}: {expected}");
        Assert.Equal(before, Entries());
    }

    private string[] Entries() => [.. Directory.GetFileSystemEntries(files.Directory).Order(StringComparer.Ordinal)];

    private string Pipe()
    {
        Skip.If(OperatingSystem.IsWindows(), "there is no mkfifo");
        var path = Path.Combine(files.Directory, "pipe");
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return path;
    }
}
