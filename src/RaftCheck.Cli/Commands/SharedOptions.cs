using System.CommandLine;

namespace RaftCheck.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document on standard output, and nothing else there." };
}
