using System.Diagnostics;

namespace RaftCheck.Cli.Terminal;

/// <summary>
/// A line on standard error that says how far a long work is: rewritten in place on a terminal, printed anew now and then
/// elsewhere.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private readonly Stopwatch sinceLast = Stopwatch.StartNew();
    private int shownLength;

    public void Show(string text)
    {
        if (sinceLast.Elapsed < (isTerminal ? OnTerminal : Elsewhere))
        {
            return;
        }

        sinceLast.Restart();
        if (!isTerminal)
        {
            Console.Error.WriteLine(text);
            return;
        }

        var width = Math.Max(20, WindowWidth() - 1);
        var line = text.Length > width ? text[..width] : text;
        Console.Error.Write("\r" + line.PadRight(shownLength));
        shownLength = line.Length;
    }

    /// <summary>Takes the line off the terminal again.</summary>
    public void Dispose()
    {
        if (shownLength > 0)
        {
            Console.Error.Write("\r" + new string(' ', shownLength) + "\r");
            shownLength = 0;
        }
    }

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
