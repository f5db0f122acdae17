using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace RaftCheck.Linearizability.Tests.Pages;

public class HistoryPageTests
{
    internal const string StaleRead = """
        {"type":"invoke","process":0,"f":"write","value":1,"time":1000000}
        {"type":"ok","process":0,"f":"write","value":1,"time":2000000}
        {"type":"invoke","process":1,"f":"read","time":3000000}
        {"type":"ok","process":1,"f":"read","value":null,"time":4000000}
        """;

    private const string GoodRead = """
        {"type":"invoke","process":0,"f":"write","value":1}
        {"type":"ok","process":0,"f":"write","value":1}
        {"type":"invoke","process":1,"f":"read"}
        {"type":"ok","process":1,"f":"read","value":1}
        """;

    private static readonly string[] Hostile = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\u2028\u2029", "\ud800", "\udc00x", "\u202eevil", "<!--<script>", "]]>", "&lt;", "'\"\\", "\0\u0007", "{{data}}"];

    [Fact]
    public void The_page_says_in_words_that_a_history_is_not_linearizable_and_why()
    {
        var page = PageUnderTest.Of(StaleRead, "register", _ => new HistoryPageExtras { Sentence = "The read is stale.", Title = "h.jsonl", Command = "raftcheck check h.jsonl" });

        Assert.Contains("</span>Not linearizable<small>h.jsonl</small></h1>", page.Html, StringComparison.Ordinal);
        Assert.Contains("The read is stale.", page.Html, StringComparison.Ordinal);
        Assert.Contains("<code>raftcheck check h.jsonl</code>", page.Html, StringComparison.Ordinal);
        Assert.Contains("2 operations · 2 processes · judged by search", page.Html, StringComparison.Ordinal);
        Assert.Equal(1, page.Data.GetProperty("blocked").GetInt32());
    }

    [Fact]
    public void The_page_says_in_words_that_a_history_is_linearizable_and_has_the_order_with_its_states()
    {
        var page = PageUnderTest.Of(GoodRead, "register");

        Assert.Contains("</span>Linearizable<small>", page.Html, StringComparison.Ordinal);
        var order = Assert.Single(page.Data.GetProperty("orders").EnumerateArray());
        string[] strings = page.Texts("strings");
        Assert.Equal([0, 1], order.GetProperty("operations").EnumerateArray().Select(each => each.GetInt32()));
        Assert.Equal(["1", "1"], order.GetProperty("states").EnumerateArray().Select(each => strings[each.GetInt32()]));
    }

    [Fact]
    public void A_check_that_came_to_no_end_is_undecided_and_not_a_pass()
    {
        History history = Reading.Read(GoodRead).History;
        var page = PageUnderTest.Of(history, "register", options: new CheckOptions { MaxStates = 0 });

        Assert.Contains("</span>Undecided<small>", page.Html, StringComparison.Ordinal);
        Assert.Equal("undecided", page.Data.GetProperty("verdict").GetString());
    }

    [Fact]
    public void The_core_is_marked_and_stands_in_the_table_that_needs_no_script()
    {
        var page = PageUnderTest.Of(StaleRead, "register", history => new HistoryPageExtras { Core = [history.Operations[1], history.Operations[0]] });

        Assert.Equal([0, 1], page.Numbers("core"));
        Assert.Contains("Minimal core as a table", page.Html, StringComparison.Ordinal);
        Assert.Contains("<tr><td>0 to 1</td><td>0</td><td>write</td><td></td><td>1</td><td>1</td><td>ok</td></tr>", page.Html, StringComparison.Ordinal);
        Assert.Contains("ok (first that no order explains)", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_loaded_from_outside()
    {
        string html = PageUnderTest.Of(StaleRead, "register").Html;

        foreach (string reference in (string[])["http:", "https:", "src=", "href=", "url(", "@import", "fetch(", "XMLHttpRequest", "import("])
            Assert.DoesNotContain(reference, html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_allows_the_very_script_and_style_of_the_page_and_nothing_else()
    {
        string html = PageUnderTest.Of(StaleRead, "register").Html;

        Assert.Contains($"script-src '{HashOf(html, "<script>", "</script>")}';", html, StringComparison.Ordinal);
        Assert.Contains($"style-src '{HashOf(html, "<style>", "</style>")}';", html, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", html, StringComparison.Ordinal);
        Assert.Empty(Regex.Matches(html, "<[^>]* (style|on[a-z]+)="));
    }

    [Fact]
    public void Whatever_a_history_says_never_becomes_markup()
    {
        History history = Build(Hostile);
        string plain = PageUnderTest.Of(Build([.. Hostile.Select((_, i) => $"plain{i.ToString(CultureInfo.InvariantCulture)}")]), "list-append", Extras("plain")).Html;
        var page = PageUnderTest.Of(history, "list-append", Extras(Hostile[0] + Hostile[1]));

        Assert.Equal(Tags(plain), Tags(page.Html));
        string strings = string.Concat(page.Texts("strings"));
        Assert.Contains("<img src=x onerror=alert(1)>", strings, StringComparison.Ordinal);
        Assert.Contains("\\u202e", strings, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Html, c => c is '\u2028' or '\u2029' or '\u202e' or '\0' or '\u0007');

        HistoryPageExtras Extras(string text) => new() { Title = text, Sentence = text, Command = text, Core = history.Operations };
    }

    [Fact]
    public void A_text_of_a_megabyte_is_cut_with_a_mark_and_not_in_the_middle_of_a_character()
    {
        string huge = "a" + string.Concat(Enumerable.Repeat("😀", 500_000));
        var page = PageUnderTest.Of(Build([huge]), "list-append", new HistoryPageExtras { Title = huge });

        Assert.InRange(page.Html.Length, 1, 200_000);
        Assert.Contains(page.Texts("strings"), text => text.EndsWith("more characters)", StringComparison.Ordinal));
        Assert.DoesNotContain("\\ud83d…", string.Concat(page.Texts("strings")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_value_is_cut_without_being_printed_whole()
    {
        Value large = Value.List([.. Enumerable.Range(0, 100_000).Select(i => Value.Of(i))]);

        Assert.Equal("[0 1 2 3 4 … (cut)", PageText.Display(large, 11));
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        History history = RandomRegister.Play(new Random(1), "kv", 200, 5);

        Assert.Equal(PageUnderTest.Of(history, "kv").Html, PageUnderTest.Of(history, "kv").Html);
    }

    [Fact]
    public void A_history_without_operations_has_a_page()
    {
        var page = PageUnderTest.Of(History.FromEvents([]), "register");

        Assert.Contains("</span>Linearizable<small>", page.Html, StringComparison.Ordinal);
        Assert.Empty(page.Numbers("call"));
    }

    [Fact]
    public void The_failing_part_is_the_one_that_is_shown_first()
    {
        var page = PageUnderTest.Of("""
            {"type":"invoke","process":0,"f":"put","key":"x","value":"1"}
            {"type":"ok","process":0,"f":"put","key":"x","value":"1"}
            {"type":"invoke","process":0,"f":"get","key":""}
            {"type":"ok","process":0,"f":"get","key":"","value":"1"}
            """, "kv");

        Assert.Equal(["x", ""], page.Texts("parts"));
        Assert.Equal(1, page.Data.GetProperty("failedPart").GetInt32());
    }

    [Fact]
    public void Times_are_given_as_they_are_and_from_the_first_one_on_where_a_script_could_not_tell_them_apart()
    {
        var near = PageUnderTest.Of(StaleRead, "register");
        var far = PageUnderTest.Of(StaleRead.Replace("000000}", "000000000000000001}", StringComparison.Ordinal), "register");

        Assert.Equal([1000000, 3000000], near.Numbers("callTime"));
        Assert.Equal(1000000000000000001, far.Data.GetProperty("timeBase").GetInt64());
        Assert.Equal(2000000000000000000, far.Data.GetProperty("callTime")[1].GetInt64());
        Assert.Equal(1, far.Data.GetProperty("hasTimeAxis").GetInt32());
    }

    private static History Build(string[] texts) => History.FromEvents(texts.SelectMany((text, i) => (HistoryEvent[])
    [
        new(3 * i, EventType.Invoke, i, "txn", text, Value.List(Value.List(Value.Keyword("append"), Value.Of(text), Value.Of(text))), -1, null),
        new((3 * i) + 1, EventType.Info, -1, text, null, Value.Of(text), -1, text),
        new((3 * i) + 2, EventType.Info, i, "txn", text, Value.Of(text), -1, text),
    ]));

    private static List<string> Tags(string html) => [.. Regex.Matches(html, "<!?/?[a-zA-Z-][^\\s>]*").Select(match => match.Value)];

    private static string HashOf(string html, string from, string to)
    {
        int start = html.LastIndexOf(from, StringComparison.Ordinal) + from.Length;
        string text = html[start..html.IndexOf(to, start, StringComparison.Ordinal)];
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
