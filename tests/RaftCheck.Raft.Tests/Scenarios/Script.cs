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
    /// <returns>The script again, with what it has really printed.</returns>
    public static string Run(string script, Func<string, string> execute)
    {
        var written = new StringBuilder();
        var commands = new List<string>();
        var isExpectation = false;
        foreach (var line in script.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (isExpectation)
            {
                // What was expected is replaced by what was printed.
                isExpectation = line.Length > 0;
                if (!isExpectation)
                {
                    written.Append('\n');
                }

                continue;
            }

            if (line == Separator)
            {
                var output = string.Concat(commands.Select(execute));
                written.Append(Separator).Append('\n').Append(output.Length == 0 ? "nothing\n" : output);
                commands.Clear();
                isExpectation = true;
                continue;
            }

            if (line.Length > 0 && line[0] != '#')
            {
                commands.Add(line);
            }

            written.Append(line).Append('\n');
        }

        return written.ToString();
    }
}
