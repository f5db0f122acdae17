using System.Diagnostics;
using System.Globalization;
using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Fuzzing.Generation;
using RaftCheck.Simulation.Schedulers;

// How many complete runs a second each scheduler does, side by side on the same scenarios: everything is recorded and
// checked in both. The schedulers take turns, scenario by scenario, so that a busy machine slows all of them alike; what
// counts is the ratio. Run it pinned to one processor, as a campaign's workers are:
//   DOTNET_TC_CallCountingDelayMs=0 taskset -c 0 dotnet run -c Release --project tests/RaftCheck.Benchmarks -- 60
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60;
SchedulerChoice[] coyotes = [.. CoyoteStrategies.All.Select(each => SchedulerChoice.Coyote(each.Strategy))];
var meters = coyotes.Prepend(SchedulerChoice.Cooperative).Select(choice => new Meter(choice)).ToArray();
foreach (var meter in meters)
{
    // Until the code is compiled for good: some seconds for the one, a few runs for the others.
    for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed.TotalSeconds < 4;)
    {
        meter.Run(seed: 0, schedules: 3);
    }

    meter.Reset();
}

var clock = Stopwatch.StartNew();
for (var seed = 1; clock.Elapsed.TotalSeconds < seconds; seed++)
{
    foreach (var meter in meters)
    {
        // Long enough a turn that it does not pay for the caches that the other has filled.
        meter.Run(seed, schedules: meter.Choice.Strategy is null ? 150 : 3);
    }
}

var cooperative = meters[0];
Console.WriteLine($"{"scheduler",-28}{"runs",8}{"runs/s",10}{"steps/run",11}{"Coyote steps/run",18}{"cooperative is faster by",26}");
foreach (var meter in meters)
{
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{meter.Choice,-28}{meter.Runs,8}{meter.RunsPerSecond,10:F1}{(double)meter.Steps / meter.Runs,11:F0}{(double)meter.CoyoteSteps / meter.Runs,18:F0}{cooperative.RunsPerSecond / meter.RunsPerSecond,26:F1}"));
}

var all = meters.Skip(1).Sum(meter => meter.Runs) / meters.Skip(1).Sum(meter => meter.Seconds);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"coyote, all in turn",-28}{"",8}{all,10:F1}{"",11}{"",18}{cooperative.RunsPerSecond / all,26:F1}"));

internal sealed class Meter(SchedulerChoice choice)
{
    private readonly IScheduler scheduler = choice.CreateScheduler();
    private readonly Stopwatch clock = new();

    public SchedulerChoice Choice => choice;

    public int Runs { get; private set; }

    public long Steps { get; private set; }

    public long CoyoteSteps { get; private set; }

    public double Seconds => clock.Elapsed.TotalSeconds;

    public double RunsPerSecond => Runs / Seconds;

    public void Run(int seed, int schedules)
    {
        var scenario = ScenarioArbitrary.Draw((ulong)seed);
        clock.Start();
        scheduler.Explore(SystemsUnderTest.For(choice), scenario, seed, schedules, run =>
        {
            Runs++;
            Steps += run.Statistics.Steps;
            CoyoteSteps += run.Statistics.CoyoteSteps;
            return true;
        });
        clock.Stop();
    }

    public void Reset()
    {
        clock.Reset();
        Runs = 0;
        Steps = 0;
        CoyoteSteps = 0;
    }
}
