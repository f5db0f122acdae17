using System.Diagnostics;

namespace RaftCheck.Linearizability.Tests.Pages;

/// <summary>The page in a real browser. Skipped where there is none; each start takes seconds, so they are few.</summary>
public sealed class BrowserTests : IDisposable
{
    private static readonly string? Browser = Find("chromium", "chromium-browser", "google-chrome");
    private readonly string _folder = Directory.CreateTempSubdirectory("raftcheck-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void The_script_runs_under_the_pages_own_policy_and_shows_the_operation_that_the_address_names()
    {
        string dom = Open(PageUnderTest.Of(HistoryPageTests.StaleRead, "register"), "#op=0&order=1&axis=time");

        AssertRan(dom, 2);
        Assert.Contains("<h2>write 1</h2>", dom, StringComparison.Ordinal);
        Assert.Contains("<dt>called</dt><dd>event 0, 1 ms</dd>", dom, StringComparison.Ordinal);
        Assert.Contains("State after <span class=\"state\">1</span>", dom, StringComparison.Ordinal);
        Assert.Contains("Process 0: write 1, ok", dom, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_no_order_explains_is_selected_at_first_and_a_hostile_history_is_only_text()
    {
        string evil = "<img src=x onerror=document.documentElement.dataset.error=1></script>\u2028\ud800";
        Value old = Value.Of(evil);
        History history = History.FromEvents(
        [
            new(0, EventType.Invoke, 0, "put", evil, old, -1, null), new(1, EventType.Ok, 0, "put", evil, old, -1, null),
            new(2, EventType.Info, -1, evil, null, old, -1, evil),
            new(3, EventType.Invoke, 1, "get", evil, Value.Nil, -1, null), new(4, EventType.Ok, 1, "get", evil, Value.Of("new"), -1, evil),
        ]);
        string dom = Open(PageUnderTest.Of(history, "kv"), "#q=get&help=1");

        AssertRan(dom, 2);
        Assert.Contains("No order explains this operation", dom, StringComparison.Ordinal);
        Assert.Contains("1 of 1", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", dom, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_hundred_thousand_operations_open()
    {
        History history = RandomRegister.Play(new Random(1), "kv", 100_000, 8, lies: false, infos: false);
        string dom = Open(PageUnderTest.Of(history, "kv", options: new CheckOptions { MaxStates = 0 }), "#fit=1&q=f:put");

        AssertRan(dom, 100_000);
    }

    [SkippableFact]
    public void Keys_and_search_lead_from_operation_to_operation()
    {
        const string Driver = """
            const log = [];
            const press = (key, target) => (target ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
            const note = (...keys) => { keys.forEach(key => press(key)); log.push(document.querySelector('#panel h2').textContent); };
            note('Escape');
            note('n');
            note('ArrowUp');
            note('End');
            note('Home', 'ArrowDown');
            note('c', 'p');
            const field = document.getElementById('search');
            for (const query of ['process:1', 'write', 'value:1', '"write 1"', 'type:info']) {
              field.value = query;
              field.dispatchEvent(new Event('input'));
              log.push(document.getElementById('search-count').textContent);
            }
            press('?');
            log.push(String(document.getElementById('help').open));
            document.documentElement.dataset.log = log.join('; ');
            """;
        var page = PageUnderTest.Of(HistoryPageTests.StaleRead, "register", history => new HistoryPageExtras { Core = history.Operations });
        string dom = Open(page.With(Driver), "");

        AssertRan(dom, 2);
        Assert.Contains("data-log=\"No operation selected; write 1; write 1; read \u2192 nil; read \u2192 nil; write 1; 1 found; 1 found; 1 found; 1 found; nothing found; true\"", dom, StringComparison.Ordinal);
    }

    private static void AssertRan(string dom, int operations)
    {
        Assert.Contains($"data-ready=\"{operations}\"", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("data-error", dom[..dom.IndexOf('>', dom.IndexOf("<html", StringComparison.Ordinal))], StringComparison.Ordinal);
    }

    private string Open(PageUnderTest page, string fragment)
    {
        Skip.If(Browser is null, "there is no chromium, chromium-browser or google-chrome on the PATH");
        string file = Path.Combine(_folder, "page.html");
        File.WriteAllText(file, page.Html);
        var start = new ProcessStartInfo(Browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + Path.Combine(_folder, "profile"), "--virtual-time-budget=3000", "--dump-dom", new Uri(file).AbsoluteUri + fragment])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        // What it has to say of the machine's sound and buses is of no interest, but must not fill its pipe.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        Task<string> dom = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("the browser does not end");
        }

        return dom.GetAwaiter().GetResult();
    }

    private static string? Find(params string[] names)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
