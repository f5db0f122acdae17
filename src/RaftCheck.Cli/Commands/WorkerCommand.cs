using System.CommandLine;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using RaftCheck.Cli.Terminal;
using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Fuzzing.Reports;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Schedulers;

namespace RaftCheck.Cli.Commands;

/// <summary>
/// <c>raftcheck worker</c>, hidden: one process of a campaign. It speaks in JSON lines on standard output, and ends when
/// its standard input is closed: so it never outlives the process that started it.
/// </summary>
internal static class WorkerCommand
{
    public const string Name = "worker";

    private const int ReportedEvents = 40;
    private static readonly TimeSpan GraceTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenMessages = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        var scheduler = new Option<string>("--scheduler") { Required = true };
        var strategy = new Option<string?>("--strategy");
        var seed = new Option<int>("--seed") { Required = true };
        var timeMs = new Option<long?>("--time-ms");
        var runs = new Option<long?>("--runs");
        var output = new Option<string>("--out") { Required = true };
        var processor = new Option<int>("--processor") { DefaultValueFactory = _ => -1 };
        var commandLine = new Option<string>("--command-line") { DefaultValueFactory = _ => "" };
        var command = new Command(Name, "One process of a campaign.") { scheduler, strategy, seed, timeMs, runs, output, processor, commandLine };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var campaign = new CampaignOptions
            {
                Schedulers = Choose(parsed.GetValue(scheduler)!, parsed.GetValue(strategy)),
                Seed = parsed.GetValue(seed),
                Time = parsed.GetValue(timeMs) is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
                Runs = parsed.GetValue(runs),
            };
            return Run(campaign, parsed.GetValue(output)!, parsed.GetValue(processor), parsed.GetValue(commandLine)!);
        });
        return command;
    }

    /// <summary>Without a strategy, Coyote uses all of them in turn: none is the best for every bug.</summary>
    private static IReadOnlyList<SchedulerChoice> Choose(string scheduler, string? strategy)
    {
        if (scheduler == CoyoteScheduler.SchedulerName && strategy is null)
        {
            return [.. CoyoteStrategies.All.Select(each => SchedulerChoice.Coyote(each.Strategy))];
        }

        var choice = new SchedulerChoice(scheduler, strategy);
        return choice.FindProblem() is { } problem ? throw new InputException(problem) : [choice];
    }

    private static int Run(CampaignOptions options, string output, int processor, string commandLine)
    {
        Pin(processor);
        using var interruption = new Interruption();
        new Thread(() => CancelAtEndOfInput(interruption)) { IsBackground = true }.Start();
        var sinceLast = Stopwatch.StartNew();
        var result = Campaign.Run(
            options,
            (statistics, isShrinking) =>
            {
                if (isShrinking || sinceLast.Elapsed >= BetweenMessages)
                {
                    sinceLast.Restart();
                    Say(new WorkerMessage(statistics, isShrinking));
                }
            },
            interruption.Token);
        Say(new WorkerMessage(result.Statistics, IsEnd: true, Found: Save(result, output, commandLine), Error: result.Error));
        return ExitCodes.NothingFound;
    }

    private static FoundFailure? Save(CampaignResult result, string output, string commandLine)
    {
        if (result.Found is not { } found)
        {
            return null;
        }

        string path;
        try
        {
            path = FailureStore.Save(output, DateOnly.FromDateTime(DateTime.Now), found.Scenario, result.FoundBy!, found.Seed, found.Run, commandLine);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Better a failure that has to be copied from the terminal than none.
            path = $"(not saved: {e.Message} The scenario is {ScenarioJson.Write(found.Scenario).ReplaceLineEndings("")})";
        }

        return new FoundFailure(
            path,
            found.Run.Violation!.Property,
            found.Run.Violation.Message,
            result.FoundBy!.ToString(),
            result.FoundAfterMs,
            result.Statistics.RunCount,
            SizeOf(result.FirstFound!.Scenario),
            SizeOf(found.Scenario),
            FailureReport.Write(found.Scenario, found.Run, path, ReportedEvents));
    }

    private static ScenarioSize SizeOf(Scenario scenario) => new(scenario.Servers, scenario.OperationCount, scenario.Faults.Count);

    private static void Say(WorkerMessage message) => Console.Out.WriteLine(JsonSerializer.Serialize(message, JsonOutput.Line));

    private static void CancelAtEndOfInput(Interruption interruption)
    {
        while (Console.In.Read() >= 0)
        {
        }

        interruption.Cancel();

        // Should the work not end by itself, because it hangs, then so.
        Thread.Sleep(GraceTime);
        Environment.Exit(ExitCodes.OwnError);
    }

    /// <summary>Coyote hands over between threads at every step; on one processor that costs half as much.</summary>
    private static void Pin(int processor)
    {
        if (processor < 0 || !(OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            return;
        }

        try
        {
            PinToAllowed(processor);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or NotSupportedException)
        {
            // Not allowed here. It only costs speed.
        }
    }

    [SupportedOSPlatform("linux")]
    [SupportedOSPlatform("windows")]
    private static void PinToAllowed(int processor)
    {
        using var process = Process.GetCurrentProcess();
        var allowed = Enumerable.Range(0, 62).Where(bit => ((process.ProcessorAffinity >> bit) & 1) == 1).ToArray();
        if (allowed.Length > 0)
        {
            process.ProcessorAffinity = (nint)1 << allowed[processor % allowed.Length];
        }
    }
}
