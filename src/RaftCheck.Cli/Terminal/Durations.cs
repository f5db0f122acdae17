using System.CommandLine.Parsing;
using System.Globalization;

namespace RaftCheck.Cli.Terminal;

/// <summary>Durations and sizes as people write them: 90s, 10m, 500ms; 512MB.</summary>
internal static class Durations
{
    private static readonly (string Suffix, double Milliseconds)[] Units =
        [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("", 1_000)];

    private static readonly (string Suffix, double Bytes)[] Sizes =
        [("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30), ("B", 1), ("", 1)];

    public static TimeSpan? ParseTime(ArgumentResult result) =>
        Parse(result, Units, "a time such as 90s, 10m or 500ms", TimeSpan.MaxValue.TotalMilliseconds) is { } value ? TimeSpan.FromMilliseconds(value) : null;

    public static long? ParseSize(ArgumentResult result) =>
        Parse(result, Sizes, "a size such as 512MB or 2GB", long.MaxValue) is { } value ? (long)value : null;

    private static double? Parse(ArgumentResult result, (string Suffix, double Factor)[] units, string expected, double largest)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        foreach (var (suffix, factor) in units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number > 0
                && number * factor < largest)
            {
                return number * factor;
            }
        }

        result.AddError($"\"{text}\" is not {expected}.");
        return null;
    }
}
