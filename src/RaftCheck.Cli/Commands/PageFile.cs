using System.Text;
using RaftCheck.Cli.Terminal;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli.Commands;

/// <summary>The file that a page is written to.</summary>
internal sealed class PageFile
{
    private readonly NewFile file;

    /// <summary>A file that is to be written.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="history">The history's file, which is never overwritten.</param>
    /// <param name="force">Whether what is there may be replaced.</param>
    /// <exception cref="InputException">It can't be written there; said before the work is done, and not after it.</exception>
    public PageFile(string path, string history, bool force)
    {
        // Said even where nothing is to be replaced, since --force would not help.
        if (path.Length > 0 && history.Length > 0 && System.IO.Path.GetFullPath(path) == System.IO.Path.GetFullPath(history))
        {
            throw new InputException($"{path}: this is the history; a page needs another file.");
        }

        file = new NewFile(path, force);
    }

    /// <summary>Its path.</summary>
    public string Path => file.Path;

    /// <summary>Where a page goes if nobody says otherwise: beside the history.</summary>
    public static string DefaultFor(string history) => System.IO.Path.ChangeExtension(history, ".html");

    /// <summary>Writes the page about what was judged.</summary>
    /// <exception cref="InputException">It can't be written.</exception>
    public void Write(Judged judged)
    {
        var extras = new HistoryPageExtras
        {
            Title = System.IO.Path.GetFileName(judged.Request.File),
            Command = judged.Request.CommandLine(judged.ModelName),
            Sentence = judged.Explanation?.Sentence,
            Core = judged.Explanation?.Core ?? [],
            Partials = judged.Explanation?.PartialLinearizations.Select(static each => (each.Operations, each.State)).ToArray() ?? [],
        };
        file.Write(stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            HistoryPage.Write(writer, judged.Recorded.History, judged.Model, judged.Result!, extras);
        });
    }
}
