using System.CommandLine;

namespace RaftCheck.Cli.Commands;

/// <summary><c>raftcheck check</c>: judges a recorded history, of any system.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var judge = new JudgeOptions();
        var html = new Option<string?>("--html") { Description = "Also write a page that shows the history and the verdict to this file." };
        var force = SharedOptions.Force();
        var json = SharedOptions.Json();
        var command = new Command("check", """
            Judges whether a recorded history is linearizable.

            Examples:
              raftcheck check history.jsonl --model kv
              raftcheck check etcd_002.log --model cas-register --timeout 60s
              raftcheck check knossos.edn --model cas-register --initial 0 --html knossos.html

            Exit codes: 0 linearizable; 1 not linearizable; 2 bad usage or bad input; 3 undecided.
            """);
        judge.AddTo(command);
        command.Add(html);
        command.Add(force);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var request = judge.Read(parsed);
            var page = parsed.GetValue(html) is { } path ? new PageFile(path, request.File, parsed.GetValue(force)) : null;
            return Run(request, page, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Judges, writes the page if one is wanted, and says what was found.</summary>
    public static int Run(JudgeRequest request, PageFile? page, bool json)
    {
        Judged judged;
        try
        {
            judged = request.Judge();
        }
        catch (NotReadException e)
        {
            Judged.PrintUndecided(request, json, e.Message);
            return ExitCodes.Undecided;
        }

        // Who interrupts the check does not want to wait for a page about nothing.
        var isWritten = page is not null && judged.Result is not null;
        if (isWritten)
        {
            page!.Write(judged);
        }

        judged.Print(json, isWritten ? page!.Path : null);
        return judged.ExitCode;
    }
}
