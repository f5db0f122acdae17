using System.CommandLine;

namespace RaftCheck.Cli.Commands;

/// <summary><c>raftcheck report</c>: judges a recorded history, and writes a page that shows it.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var judge = new JudgeOptions();
        var output = new Option<string?>("--output", "-o") { Description = "The page's file. Default: the history's name with .html, beside it." };
        var force = SharedOptions.Force();
        var json = SharedOptions.Json();
        var command = new Command("report", """
            Judges a recorded history, as check does, and writes a page that shows it: a single HTML file, for any browser.

            Examples:
              raftcheck report history.jsonl --model kv
              raftcheck report etcd_000.log --model cas-register --output etcd.html

            Exit codes: 0 linearizable; 1 not linearizable; 2 bad usage or bad input; 3 undecided.
            """);
        judge.AddTo(command);
        command.Add(output);
        command.Add(force);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var request = judge.Read(parsed);
            var page = new PageFile(parsed.GetValue(output) ?? PageFile.DefaultFor(request.File), request.File, parsed.GetValue(force));
            return CheckCommand.Run(request, page, parsed.GetValue(json));
        });
        return command;
    }
}
