using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RaftCheck.Cli.Terminal;
using RaftCheck.Fuzzing.Campaigns;

namespace RaftCheck.Cli.Commands;

/// <summary>What a worker is to do.</summary>
/// <param name="Scheduler">The scheduler.</param>
/// <param name="Strategy">Coyote's strategy; null for all in turn.</param>
/// <param name="Seed">The worker's own seed.</param>
/// <param name="Time">When to end; null for no limit.</param>
/// <param name="Runs">After how many runs to end; null for no limit.</param>
/// <param name="Processor">The processor to stay on.</param>
internal sealed record WorkerTask(string Scheduler, string? Strategy, int Seed, TimeSpan? Time, long? Runs, int Processor);

/// <summary>A worker process, as the process that started it sees it.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Process process;
    private readonly Stopwatch sinceLast = Stopwatch.StartNew();
    private volatile WorkerMessage last = new(new CampaignStatistics());

    public Worker(WorkerTask task, string output, string commandLine)
    {
        Task = task;
        process = Process.Start(StartInfo(task, output, commandLine)) ?? throw new InvalidOperationException("The worker process could not be started.");
        Ended = ReadAsync();
    }

    public WorkerTask Task { get; }

    /// <summary>The worker's latest word.</summary>
    public WorkerMessage Last => last;

    /// <summary>How long the worker has said nothing.</summary>
    public TimeSpan Silence => sinceLast.Elapsed;

    /// <summary>Completes when the worker has said its last word, or died. It never fails.</summary>
    public Task Ended { get; }

    /// <summary>Asks the worker to end with what it has.</summary>
    public void Stop()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Ends a worker that no longer answers, and says why in its place.</summary>
    public void Kill(string error)
    {
        last = last with { IsEnd = true, Error = error };
        process.Kill(entireProcessTree: true);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private async Task ReadAsync()
    {
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            sinceLast.Restart();
            try
            {
                last = JsonSerializer.Deserialize<WorkerMessage>(line, JsonOutput.Line) ?? last;
            }
            catch (JsonException)
            {
                // It died in the middle of a line: what it said before still counts.
            }
        }

        await process.WaitForExitAsync();
        if (!last.IsEnd)
        {
            var error = (await errors).Trim().ReplaceLineEndings(" ");
            last = last with { IsEnd = true, Error = $"the worker process {Task.Scheduler} ended with exit code {process.ExitCode}{(error.Length > 0 ? ": " + error : "")}" };
        }
    }

    private static ProcessStartInfo StartInfo(WorkerTask task, string output, string commandLine)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of the running program is not known.");
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

        // Code that runs often is optimised at once, and not after a quiet tenth of a second, which a worker that is pinned
        // to one processor does not have for its first fifteen seconds.
        start.Environment.TryAdd("DOTNET_TC_CallCountingDelayMs", "0");
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(Worker).Assembly.Location);
        }

        string[] arguments =
        [
            WorkerCommand.Name,
            "--scheduler", task.Scheduler,
            "--seed", Invariant(task.Seed),
            "--out", output,
            "--processor", Invariant(task.Processor),
            "--command-line", commandLine,
            .. task.Strategy is { } strategy ? ["--strategy", strategy] : Array.Empty<string>(),
            .. task.Time is { } time ? ["--time-ms", Invariant((long)time.TotalMilliseconds)] : Array.Empty<string>(),
            .. task.Runs is { } runs ? ["--runs", Invariant(runs)] : Array.Empty<string>(),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static string Invariant(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
