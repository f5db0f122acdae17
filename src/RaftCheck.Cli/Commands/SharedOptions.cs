using System.CommandLine;
using System.Globalization;

namespace RaftCheck.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    /// <summary>Refuses whole numbers outside of a range, and what is no number, in one sentence.</summary>
    public static Option<T> Between<T>(this Option<T> option, long from, long to = long.MaxValue)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!long.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < from || number > to))
            {
                var range = to == long.MaxValue ? $"{from} or more" : $"{from} to {to}";
                result.AddError($"{option.Name} must be {range}, and is {result.Tokens[0].Value}.");
            }
        });
        return option;
    }

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document on standard output, and nothing else there." };

    public static Option<bool> Force() => new("--force") { Description = "Replace the file if it is there already." };
}
