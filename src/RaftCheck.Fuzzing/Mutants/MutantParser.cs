using RaftCheck.Fuzzing.Failures;
using RaftCheck.Simulation.Schedulers;

namespace RaftCheck.Fuzzing.Mutants;

/// <summary>
/// Reads the text of a mutant: a header of one line for each field, and then for each file that it changes the edits, whole
/// lines between <c>&lt;&lt;&lt;</c>, <c>===</c> and <c>&gt;&gt;&gt;</c>.
/// </summary>
internal sealed class MutantParser
{
    private const string FileField = "file";
    private const string Begin = "<<<";
    private const string Middle = "===";
    private const string End = ">>>";

    private static readonly string[] Fields = ["mechanism", "report", "feature", "property", "needs", "scheduler"];

    private readonly string fileName;
    private readonly string[] lines;
    private readonly Dictionary<string, string> header = [];
    private readonly List<MutantEdit> edits = [];

    /// <summary>The line that comes next, from 0.</summary>
    private int next;

    private MutantParser(string fileName, string text)
    {
        this.fileName = fileName;
        lines = Mutant.WithLineFeeds(text).Split('\n');
    }

    /// <summary>Reads a mutant.</summary>
    /// <param name="fileName">The file's name, without its folder: it names the mutant, and is named in errors.</param>
    /// <param name="text">What the file holds.</param>
    /// <exception cref="InputException">It is no mutant; the message says where, and why.</exception>
    public static Mutant Parse(string fileName, string text) => new MutantParser(fileName, text).Parse();

    private Mutant Parse()
    {
        var name = ParseName();
        string? file = null;
        while (next < lines.Length)
        {
            var line = lines[next++];
            if (line == Begin)
            {
                edits.Add(ParseEdit(file ?? throw Error("an edit comes before the file that it changes is named")));
            }
            else if (line.Trim().Length > 0)
            {
                file = TakeField(line, file);
            }
        }

        RequireComplete();
        return new Mutant
        {
            Name = name,
            Mechanism = header["mechanism"],
            Report = header["report"],
            Feature = header["feature"],
            Property = header["property"],
            Needs = header["needs"],
            Scheduler = header["scheduler"],
            Edits = edits,
        };
    }

    /// <summary>The name stands in file names and on command lines, and is compared as it is.</summary>
    private string ParseName()
    {
        var name = fileName.EndsWith(Mutant.Extension, StringComparison.Ordinal) ? fileName[..^Mutant.Extension.Length] : "";
        return name.Length > 0 && char.IsAsciiLetterLower(name[0]) && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal)
            && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            ? name
            : throw new InputException($"{fileName}: a mutant's name is words in small letters with - between them, and its file's ends with {Mutant.Extension}");
    }

    /// <returns>The file that the next edits change.</returns>
    private string? TakeField(string line, string? file)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            throw Error($"this is neither a field, nor {Begin}, which begins an edit: {line.Trim()}");
        }

        var (field, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
        if (value.Length == 0)
        {
            throw Error($"{field} is empty");
        }

        if (field == FileField)
        {
            return IsInTree(value) ? value : throw Error($"{value} is not the path of a file below src, with / between its folders");
        }

        if (!Fields.Contains(field))
        {
            throw Error($"there is no field {field}; the fields are {string.Join(", ", Fields)} and {FileField}");
        }

        if (file is not null || !header.TryAdd(field, value))
        {
            throw Error(file is null ? $"{field} is there twice" : $"{field} comes after the first file; the header comes before it");
        }

        if (field == "scheduler" && value is not (CooperativeScheduler.SchedulerName or CoyoteScheduler.SchedulerName))
        {
            throw Error($"scheduler is {value}; it must be {CooperativeScheduler.SchedulerName} or {CoyoteScheduler.SchedulerName}");
        }

        return null;
    }

    /// <summary>A mutant is applied to a copy of the sources, and must not reach outside of it.</summary>
    private static bool IsInTree(string path) =>
        path.StartsWith("src/", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Split('/').Any(part => part is "" or "." or "..");

    private MutantEdit ParseEdit(string file)
    {
        var begin = next;
        var original = TakeUntil(Middle);
        if (original.Length == 0)
        {
            throw Error("the edit replaces nothing: there are no lines before " + Middle);
        }

        var replacement = TakeUntil(End);
        return original != replacement
            ? new MutantEdit(file, original, replacement, begin)
            : throw Error("the edit changes nothing");
    }

    private string TakeUntil(string mark)
    {
        var begin = next;
        while (next < lines.Length && lines[next] is not (Begin or Middle or End))
        {
            next++;
        }

        if (next == lines.Length || lines[next] != mark)
        {
            next = Math.Min(next + 1, lines.Length);
            throw Error($"the edit goes on without its {mark}");
        }

        var taken = string.Concat(lines[begin..next].Select(line => line + "\n"));
        next++;
        return taken;
    }

    private void RequireComplete()
    {
        foreach (var field in Fields)
        {
            if (!header.ContainsKey(field))
            {
                throw Error($"the field {field} is missing");
            }
        }

        if (edits.Count == 0)
        {
            throw Error("there is no edit");
        }
    }

    /// <summary>An error in the line that was taken last.</summary>
    private InputException Error(string problem) => new($"{fileName}:{next}: {problem}");
}
