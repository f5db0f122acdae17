using System.Diagnostics;
using Spectre.Console;

namespace RaftCheck.Cli.Terminal;

/// <summary>
/// A line on standard error that says how far a long work is: rewritten in place on a terminal, printed anew now and then
/// elsewhere.
/// </summary>
internal static class Progress
{
    private static readonly TimeSpan BetweenPlainLines = TimeSpan.FromSeconds(10);

    /// <summary>Does the work, and shows what it says of itself.</summary>
    /// <param name="work">The work; it is given a way to say how far it is.</param>
    public static Task ShowAsync(Func<Action<string>, Task> work) =>
        Console.IsErrorRedirected ? ShowPlainAsync(work) : ShowLiveAsync(work);

    private static Task ShowLiveAsync(Func<Action<string>, Task> work) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Status()
            .StartAsync("starting", context => work(text => context.Status = Markup.Escape(text)));

    private static Task ShowPlainAsync(Func<Action<string>, Task> work)
    {
        var sinceLast = Stopwatch.StartNew();
        return work(text =>
        {
            if (sinceLast.Elapsed >= BetweenPlainLines)
            {
                sinceLast.Restart();
                Console.Error.WriteLine(text);
            }
        });
    }
}
