using System.Text;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli.Commands;

/// <summary>The file that a page is written to. It appears whole or not at all, and takes nobody's place without being told to.</summary>
internal sealed class PageFile
{
    private readonly bool force;

    /// <summary>A file that is to be written.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="history">The history's file, which is never overwritten.</param>
    /// <param name="force">Whether what is there may be replaced.</param>
    /// <exception cref="InputException">It can't be written there; said before the work is done, and not after it.</exception>
    public PageFile(string path, string history, bool force)
    {
        Path = path;
        this.force = force;
        try
        {
            Refuse(path, history, force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unwritable(e);
        }
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

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
        var temporary = $"{Path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var writer = new StreamWriter(new FileStream(temporary, FileMode.CreateNew), new UTF8Encoding(false), 1 << 16))
            {
                HistoryPage.Write(writer, judged.Recorded.History, judged.Model, judged.Result!, extras);
            }

            File.Move(temporary, Path, force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            throw Unwritable(e);
        }
    }

    private static void Refuse(string path, string history, bool force)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (full == System.IO.Path.GetFullPath(history))
        {
            throw new InputException($"{path}: this is the history; a page needs another file.");
        }

        if (Directory.Exists(full))
        {
            throw new InputException($"{path}: this is a folder.");
        }

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(full)))
        {
            throw new InputException($"{path}: there is no such folder.");
        }

        if (!force && File.Exists(full))
        {
            throw new InputException($"{path}: the file is there already; --force replaces it.");
        }
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to tell.
        }
    }

    private InputException Unwritable(Exception cause) => new($"{Path}: the page can't be written: {cause.Message}", cause);
}
