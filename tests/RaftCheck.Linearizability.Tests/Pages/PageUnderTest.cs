using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RaftCheck.Linearizability.Tests.Pages;

/// <summary>A page, and what stands in it.</summary>
internal sealed partial class PageUnderTest
{
    private PageUnderTest(string html) => Html = html;

    public string Html { get; }

    /// <summary>What its script works on.</summary>
    public JsonElement Data => JsonDocument.Parse(DataElement().Match(Html).Groups[1].Value).RootElement;

    public static PageUnderTest Of(History history, string model, HistoryPageExtras? extras = null, CheckOptions? options = null)
    {
        Model judge = Models.Find(model, null);
        CheckResult result = LinearizabilityChecker.Check(history, judge, options);
        return new PageUnderTest(Write(history, judge, result, extras));
    }

    public static PageUnderTest Of(string jsonLines, string model, Func<History, HistoryPageExtras>? extras = null)
    {
        History history = Reading.Read(jsonLines).History;
        return Of(history, model, extras?.Invoke(history));
    }

    /// <summary>The page as a file has it. Half a surrogate pair in it would be an error here.</summary>
    public static string Write(History history, Model model, CheckResult result, HistoryPageExtras? extras = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true))
        {
            HistoryPage.Write(writer, history, model, result, extras);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The page with a script of a test's at its end, which its policy would not let run.</summary>
    public PageUnderTest With(string script) => new(Policy().Replace(Html, "").Replace("</body>", $"<script>{script}</script></body>", StringComparison.Ordinal));

    public int[] Numbers(string name) => [.. Data.GetProperty(name).EnumerateArray().Select(each => each.GetInt32())];

    public string[] Texts(string name) => [.. Data.GetProperty(name).EnumerateArray().Select(each => each.GetString()!)];

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex Policy();

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}
