using System.CommandLine;
using RaftCheck.Cli.Terminal;
using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Linearizability;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Schedulers;
using RaftCheck.Simulation.World;

namespace RaftCheck.Cli.Commands;

/// <summary><c>raftcheck list</c>: what there is to name on the command line.</summary>
internal static class ListCommand
{
    private sealed record Item(string Name, string Description);

    public static Command Create()
    {
        var what = new Argument<string?>("what") { Arity = ArgumentArity.ZeroOrOne, Description = "Only one list: models, faults, properties or strategies." };
        what.AcceptOnlyFromAmong("models", "faults", "properties", "strategies");
        var json = SharedOptions.Json();
        var command = new Command("list", "Lists the models, faults, properties and strategies.") { what, json };
        command.SetAction(parsed => Run(parsed.GetValue(what), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string? what, bool json)
    {
        var lists = new Dictionary<string, Item[]>
        {
            ["models"] = [.. Models.All.Select(model => new Item(model.Name, model.Description))],
            ["faults"] = [.. Enum.GetValues<FaultKind>().Select(kind => new Item(Names.Kebab(kind), FaultDescriptions.Of(kind)))],
            ["properties"] =
            [
                .. SystemsUnderTest.For(SchedulerChoice.Cooperative).Properties.Select(property => new Item(property, "Figure 3 of the Raft paper, at every step")),
                .. WorldProperties.All.Select(property => new Item(property, "every run")),
            ],
            ["strategies"] =
            [
                new Item(CooperativeScheduler.SchedulerName, "one thread, a seeded choice among what is ready; the fast scheduler"),
                .. CoyoteStrategies.All.Select(strategy => new Item($"{CoyoteScheduler.SchedulerName}/{strategy.Name}", strategy.Description)),
            ],
        };
        var shown = lists.Where(list => what is null || list.Key == what).ToDictionary(list => list.Key, list => list.Value);
        if (json)
        {
            JsonOutput.Print(shown);
            return ExitCodes.NothingFound;
        }

        foreach (var (name, items) in shown)
        {
            Console.Out.WriteLine(name);
            var width = items.Max(item => item.Name.Length);
            foreach (var item in items)
            {
                Console.Out.WriteLine($"  {item.Name.PadRight(width)}  {item.Description}");
            }

            Console.Out.WriteLine();
        }

        return ExitCodes.NothingFound;
    }
}
