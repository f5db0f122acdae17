using System.Security.Cryptography;
using System.Text;

namespace RaftCheck.Linearizability;

/// <summary>The page's own files, embedded in this assembly: the template, the style, and the script in its parts.</summary>
internal static class PageFiles
{
    // The script's parts share one scope; the last one starts it.
    private static readonly string[] ScriptFiles =
    [
        "history.errors.js", "history.data.js", "history.layout.js", "history.marks.js", "history.draw.js", "history.frame.js",
        "history.panel.js", "history.search.js", "history.input.js", "history.js",
    ];

    /// <summary>The style sheet.</summary>
    public static string Style { get; } = "\n" + Read("history.css");

    /// <summary>The script.</summary>
    public static string Script { get; } = "\n'use strict';\n" + string.Concat(ScriptFiles.Select(Read));

    /// <summary>What the browser lets the page do: run this very script with this very style, and nothing else.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src '{Hash(Script)}'; style-src '{Hash(Style)}'; base-uri 'none'; form-action 'none'";

    /// <summary>The template: each text with the name of what follows it, or <see langword="null"/> at the end.</summary>
    public static IReadOnlyList<(string Text, string? Slot)> Template { get; } = Split(Read("history.html"));

    private static List<(string Text, string? Slot)> Split(string template)
    {
        var pieces = new List<(string Text, string? Slot)>();
        string[] parts = template.Split(["{{", "}}"], StringSplitOptions.None);
        for (int i = 0; i < parts.Length; i += 2) pieces.Add((parts[i], i + 1 < parts.Length ? parts[i + 1] : null));
        return pieces;
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A file with the line ends that a browser makes of it before it hashes it.</summary>
    private static string Read(string name)
    {
        using Stream stream = typeof(PageFiles).Assembly.GetManifestResourceStream("Pages/" + name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
