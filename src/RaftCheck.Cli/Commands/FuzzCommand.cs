using System.CommandLine;
using System.Security.Cryptography;
using RaftCheck.Cli.Terminal;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Simulation.Schedulers;

namespace RaftCheck.Cli.Commands;

/// <summary><c>raftcheck fuzz</c>: hunts with generated scenarios, in worker processes.</summary>
internal static class FuzzCommand
{
    private const string Both = "both";

    /// <summary>How long workers get to end in good order; shrinking under Coyote stops within a run.</summary>
    private static readonly TimeSpan GraceTime = TimeSpan.FromSeconds(20);

    /// <summary>A worker speaks after each scenario. One that has been silent for so long, and is not shrinking, hangs.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(3);

    public static Command Create()
    {
        var time = new Option<TimeSpan?>("--time", "-t") { Description = "How long to hunt, such as 60s or 10m. Default: 60s, unless --runs is given.", CustomParser = Durations.ParseTime };
        var runs = new Option<long?>("--runs", "-n") { Description = "How many runs to do, over all workers." }.Between(1);
        var seed = new Option<int?>("--seed", "-s") { Description = "The seed of the whole campaign. With the same --workers and --runs it repeats every run. Default: drawn, and printed." };
        var scheduler = new Option<string>("--scheduler") { Description = "both, cooperative or coyote.", DefaultValueFactory = _ => Both };
        scheduler.AcceptOnlyFromAmong(Both, CooperativeScheduler.SchedulerName, CoyoteScheduler.SchedulerName);
        var strategy = new Option<string?>("--strategy") { Description = "Coyote's strategy (see raftcheck list strategies). Default: all of them in turn." };
        strategy.AcceptOnlyFromAmong([.. CoyoteStrategies.All.Select(each => each.Name)]);
        var workers = new Option<int?>("--workers") { Description = "How many processes to hunt in. Default: one for each processor." }.Between(1, 256);
        var output = new Option<string>("--out", "-o") { Description = "Where failures are saved.", DefaultValueFactory = _ => Path.Combine("histories", "failures") };
        var json = SharedOptions.Json();
        var command = new Command("fuzz", """
            Generates scenarios and runs them until a budget ends, or until a violation is found; then shrinks and saves it.

            Examples:
              raftcheck fuzz --time 60s
              raftcheck fuzz --scheduler coyote --strategy q-learning --runs 500 --seed 7

            Exit codes: 0 nothing found; 1 a violation found; 2 bad usage; 3 some run undecided; 4 an error of raftcheck's own.
            """)
        { time, runs, seed, scheduler, strategy, workers, output, json };
        command.SetAction(parsed =>
        {
            var budget = (Time: parsed.GetValue(time), Runs: parsed.GetValue(runs));
            var plan = Plan(
                parsed.GetValue(scheduler)!,
                parsed.GetValue(strategy),
                parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue),
                budget.Time ?? (budget.Runs is null ? TimeSpan.FromSeconds(60) : null),
                budget.Runs,
                parsed.GetValue(workers));
            return RunAsync(plan, parsed.GetValue(output)!, parsed.GetValue(json));
        });
        return command;
    }

    private sealed record CampaignPlan(int Seed, IReadOnlyList<WorkerTask> Workers);

    /// <summary>The workers take the schedulers in turn, and each has a seed of its own, by its number alone.</summary>
    private static CampaignPlan Plan(string scheduler, string? strategy, int seed, TimeSpan? time, long? runs, int? workers)
    {
        string[] schedulers = scheduler == Both ? [CooperativeScheduler.SchedulerName, CoyoteScheduler.SchedulerName] : [scheduler];
        var count = Math.Max(workers ?? Environment.ProcessorCount, schedulers.Length);
        if (runs is { } most)
        {
            count = (int)Math.Max(schedulers.Length, Math.Min(count, most));
        }

        var tasks = Enumerable.Range(0, count).Select(number =>
        {
            var own = schedulers[number % schedulers.Length];
            return new WorkerTask(
                own,
                own == CoyoteScheduler.SchedulerName ? strategy : null,
                unchecked(seed + (number * 7_368_787)) & int.MaxValue,
                time,
                runs is { } total ? (total / count) + (number < total % count ? 1 : 0) : null,
                number);
        });
        return new CampaignPlan(seed, [.. tasks]);
    }

    private static async Task<int> RunAsync(CampaignPlan plan, string output, bool json)
    {
        RequireWritable(output);
        using var interruption = new Interruption();
        var commandLine = "raftcheck " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1));
        Worker[] workers = [.. plan.Workers.Where(task => task.Runs is not 0).Select(task => new Worker(task, output, commandLine))];
        try
        {
            await Progress.ShowAsync(show => WatchAsync(workers, show, interruption.Token));

            var summary = new FuzzSummary(plan.Seed, workers, interruption.Token.IsCancellationRequested);
            if (json)
            {
                JsonOutput.Print(summary.ToDocument());
            }
            else
            {
                Console.Out.Write(summary.ToText());
            }

            return summary.ExitCode;
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker.Dispose();
            }
        }
    }

    /// <summary>A hunt of hours must not end with a failure that can't be saved.</summary>
    private static void RequireWritable(string output)
    {
        try
        {
            Directory.CreateDirectory(output);
            var probe = Path.Combine(output, $".{Environment.ProcessId}.tmp");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{output}: failures can't be saved there: {e.Message}", e);
        }
    }

    private static void KillSilent(Worker[] workers)
    {
        foreach (var worker in workers.Where(worker => worker.Silence > LongestSilence && !worker.Last.IsShrinking && !worker.Last.IsEnd))
        {
            worker.Kill($"the worker {worker.Task.Scheduler} of seed {worker.Task.Seed} has hung for {LongestSilence.TotalMinutes:0} minutes, after its scenario {worker.Last.Statistics.Scenarios}");
        }
    }

    private static async Task WatchAsync(Worker[] workers, Action<string> show, CancellationToken cancellation)
    {
        var all = Task.WhenAll(workers.Select(worker => worker.Ended));
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, Task.Delay(100, CancellationToken.None));
            KillSilent(workers);
            show(FuzzSummary.Progress(workers));
            if (cancellation.IsCancellationRequested || Array.Exists(workers, worker => worker.Last.Found is not null || worker.Last.Error is not null))
            {
                foreach (var worker in workers)
                {
                    worker.Stop();
                }

                await Task.WhenAny(all, Task.Delay(GraceTime, CancellationToken.None));
                foreach (var worker in workers.Where(worker => !worker.Ended.IsCompleted))
                {
                    worker.Kill($"the worker {worker.Task.Scheduler} of seed {worker.Task.Seed} did not end within {GraceTime.TotalSeconds:0} s, after its scenario {worker.Last.Statistics.Scenarios}");
                }

                return;
            }
        }
    }
}
