using System.Text;
using RaftCheck.Fuzzing.Failures;

namespace RaftCheck.Fuzzing.Mutants;

/// <summary>
/// The Raft with one bug in it, as a change of its source: what a campaign must be able to find. It is kept as the text
/// that it replaces, not as a patch: line numbers may move, and when the text itself changes, the mutant says so.
/// </summary>
public sealed record Mutant
{
    /// <summary>How the files' names end.</summary>
    public const string Extension = ".mutant";

    /// <summary>The name, which says the bug; the file's name without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>What goes wrong, in one sentence.</summary>
    public required string Mechanism { get; init; }

    /// <summary>Where the bug was seen in the real world; or <c>none:</c>, and where the idea comes from.</summary>
    public required string Report { get; init; }

    /// <summary>The feature of the Raft that is broken.</summary>
    public required string Feature { get; init; }

    /// <summary>The property that is expected to be violated.</summary>
    public required string Property { get; init; }

    /// <summary>What a scenario must have in it for the bug to show; <c>none</c> if any will do.</summary>
    public required string Needs { get; init; }

    /// <summary>The scheduler that can see the bug.</summary>
    public required string Scheduler { get; init; }

    /// <summary>The changes, in the order of the file; one or more.</summary>
    public required IReadOnlyList<MutantEdit> Edits { get; init; }

    /// <summary>Reads a mutant.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It can't be read, or is no mutant; the message says where, and why.</exception>
    public static Mutant Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return MutantParser.Parse(Path.GetFileName(path), Read(path));
    }

    /// <summary>All mutants of a folder, in order of their names.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="InputException">There is no such folder, or one of them can't be used.</exception>
    public static IReadOnlyList<Mutant> LoadAll(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (!Directory.Exists(directory))
        {
            throw new InputException($"{directory}: there is no such folder");
        }

        return [.. Directory.GetFiles(directory, "*" + Extension).Order(StringComparer.Ordinal).Select(Load)];
    }

    /// <summary>What each file that the mutant changes becomes.</summary>
    /// <param name="read">Reads a file, named as in <see cref="MutantEdit.File"/>.</param>
    /// <returns>The new texts, by file.</returns>
    /// <exception cref="InputException">A text to replace is not there, or is there more than once.</exception>
    public IReadOnlyDictionary<string, string> Apply(Func<string, string> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Edits
            .GroupBy(edit => edit.File, StringComparer.Ordinal)
            .ToDictionary(edits => edits.Key, edits => Apply(edits, WithLineFeeds(read(edits.Key))), StringComparer.Ordinal);
    }

    /// <summary>Changes the files of a source tree. Nothing is changed unless all of it can be.</summary>
    /// <param name="root">The root of the tree; a copy, not the repository itself.</param>
    /// <exception cref="InputException">A file or a text to replace is not there, or the text is there more than once.</exception>
    public void ApplyTo(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        foreach (var (file, text) in Apply(file => Read(Path.Combine(root, file))))
        {
            File.WriteAllText(Path.Combine(root, file), text);
        }
    }

    internal static string WithLineFeeds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>All texts are looked for in the file as it was: what one edit puts there is not for another to find.</summary>
    private string Apply(IEnumerable<MutantEdit> edits, string text)
    {
        var changed = new StringBuilder();
        var copied = 0;
        foreach (var (edit, at) in edits.Select(edit => (Edit: edit, At: Find(edit, text))).OrderBy(found => found.At))
        {
            if (at < copied)
            {
                throw Error(edit, "has lines that two edits replace");
            }

            changed.Append(text, copied, at - copied).Append(edit.Replacement);
            copied = at + edit.Original.Length;
        }

        return changed.Append(text, copied, text.Length - copied).ToString();
    }

    private int Find(MutantEdit edit, string text)
    {
        var at = FindLines(text, edit.Original, 0);
        if (at < 0)
        {
            throw Error(edit, "does not have these lines any more");
        }

        return FindLines(text, edit.Original, at + 1) < 0 ? at : throw Error(edit, "has these lines more than once");
    }

    private InputException Error(MutantEdit edit, string problem) => new(
        $"{Name}{Extension}:{edit.Line}: {edit.File} {problem}, which begin with: {edit.Original[..edit.Original.IndexOf('\n', StringComparison.Ordinal)].Trim()}");

    /// <summary>Whole lines only: a text that begins in the middle of one would be another text.</summary>
    private static int FindLines(string text, string lines, int from)
    {
        for (var at = text.IndexOf(lines, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(lines, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || text[at - 1] == '\n')
            {
                return at;
            }
        }

        return -1;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw InputException.Unreadable(path, e);
        }
    }
}
