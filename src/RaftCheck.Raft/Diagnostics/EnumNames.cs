using System.Text;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>
/// How the values of an enumeration are written in metrics, spans, events and status documents: in lower case, words
/// joined by underscores, as OpenTelemetry writes names. Made once, so that asking for one allocates nothing.
/// </summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal static class EnumNames<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Names = Enum.GetValues<T>().ToDictionary(value => value, value => WithUnderscores(value.ToString()));

    public static string Of(T value) => Names.TryGetValue(value, out var name) ? name : "unknown";

    private static string WithUnderscores(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
