using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>The sentences on a page that do not need its script.</summary>
internal static class PageWords
{
    private const int SentenceLengthMax = 2000;

    /// <summary>The text of one of the template's slots.</summary>
    public static string Of(string slot, PageInput input) => slot switch
    {
        "title" => Title(input),
        "verdict" => Verdict(input.Result.Verdict),
        "verdict-name" => VerdictName(input.Result.Verdict),
        "sentence" => Sentence(PageText.Display(input.Extras.Sentence ?? input.Result.Explanation, SentenceLengthMax)),
        "facts" => Facts(input),
        "command" => PageText.Display(input.Extras.Command ?? "", SentenceLengthMax),
        "core-name" => CoreName(input),
        _ => throw new InvalidOperationException($"The template has an unknown slot {slot}."),
    };

    /// <summary>What the highlighted operations are.</summary>
    public static string CoreName(PageInput input) => input.Result.Verdict switch
    {
        Linearizability.Verdict.NotLinearizable when input.HasCore => "Minimal core",
        Linearizability.Verdict.NotLinearizable when input.Highlighted.Count > 1 => "Where the contradiction shows",
        Linearizability.Verdict.NotLinearizable => "First operation that no order explains",
        _ => "Highlighted operations",
    };

    /// <summary>A verdict as a name for style sheets and scripts.</summary>
    public static string VerdictName(Verdict verdict) => verdict switch
    {
        Linearizability.Verdict.Linearizable => "linearizable",
        Linearizability.Verdict.NotLinearizable => "not-linearizable",
        _ => "undecided",
    };

    /// <summary>A number of things.</summary>
    private static string Count(int number, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many)}");

    private static string Verdict(Verdict verdict) => verdict switch
    {
        Linearizability.Verdict.Linearizable => "Linearizable",
        Linearizability.Verdict.NotLinearizable => "Not linearizable",
        _ => "Undecided",
    };

    /// <summary>Explanations are the rest of a line elsewhere; here they begin one.</summary>
    private static string Sentence(string text) =>
        text.Length > 0 && char.IsAsciiLetterLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private static string Title(PageInput input) => PageText.Display(input.Extras.Title ?? "a history", 200);

    private static string Facts(PageInput input)
    {
        IReadOnlyList<Operation> operations = input.History.Operations;
        var facts = new List<string>
        {
            $"model {input.Model.Name}",
            $"initially {PageText.Display(input.Model.Initial, 60)}",
            Count(operations.Count, "operation", "operations"),
            Count(operations.DistinctBy(static operation => operation.Process).Count(), "process", "processes"),
        };
        int parts = operations.DistinctBy(input.Model.PartOf, StringComparer.Ordinal).Count();
        if (parts > 1) facts.Add(Count(parts, "part", "parts"));
        facts.Add(input.Result.Methods.Count == 0 ? "nothing to judge" : $"judged by {string.Join(" and ", input.Result.Methods)}");
        facts.Add(string.Create(CultureInfo.InvariantCulture, $"{input.Result.StatesExplored:N0} configurations explored"));
        return string.Join(" · ", facts);
    }
}
