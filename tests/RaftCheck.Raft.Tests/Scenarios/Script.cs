using System.Text;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>
/// A script: prose, then blocks of commands and, behind a line of four dashes, what they must print, up to the next empty
/// line. A line that begins with # is for the reader alone.
/// </summary>
internal static class Script
{
    private const string Separator = "----";

    /// <summary>Runs a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="execute">Does one command, and returns what it prints.</param>
    /// <returns>The script again, with what it has really printed.</returns>
    /// <exception cref="ScriptException">A command failed, or stands in no block that ends with its separator.</exception>
    public static string Run(string script, Func<string, string> execute)
    {
        var written = new StringBuilder();
        var commands = new List<(int Line, string Text)>();
        var isExpectation = false;
        var number = 0;
        foreach (var line in script.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            number++;
            if (isExpectation && line.Length > 0)
            {
                // What was expected is replaced by what is printed.
                continue;
            }

            isExpectation = line == Separator;
            if (!isExpectation && line.Length > 0 && line[0] != '#')
            {
                commands.Add((number, line));
            }

            written.Append(line).Append('\n');
            if (isExpectation)
            {
                var output = string.Concat(commands.Select(command => Execute(command.Line, command.Text, execute)));
                written.Append(output.Length == 0 ? "nothing\n" : output);
                commands.Clear();
            }
        }

        return commands.Count == 0
            ? written.ToString()
            : throw new ScriptException($"Line {commands[0].Line}, \"{commands[0].Text}\": no line of four dashes follows, so it was not run.");
    }

    private static string Execute(int line, string command, Func<string, string> execute)
    {
        try
        {
            return execute(command);
        }
        catch (Exception e)
        {
            throw new ScriptException($"Line {line}, \"{command}\": {e.Message}", e);
        }
    }
}

/// <summary>A script can't be run; the message begins with the line.</summary>
internal sealed class ScriptException(string message, Exception? inner = null) : Exception(message, inner);
