using System.CommandLine;
using BenchmarkDotNet.Running;
using RaftCheck.Raft.Benchmarks;

// How many commits a second the Raft does, and what one costs: see docs/PERFORMANCE.md.
var rounds = Number("--rounds", "How often each cell is measured; the median counts.", 7);
var milliseconds = Number("--milliseconds", "For how long each time.", 1000);
var table = new Command("table", "Measures all cells in turn, and prints the table.") { rounds, milliseconds };
table.SetAction((parsed, _) => new Table(parsed.GetValue(rounds), TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds))).PrintAsync());

var arguments = new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore, Description = "BenchmarkDotNet's own." };
var measure = new Command("measure", "The same with BenchmarkDotNet: spread and allocations.") { arguments };
measure.SetAction(parsed => { BenchmarkSwitcher.FromTypes([typeof(CommitBenchmarks)]).Run(parsed.GetValue(arguments)); });

var clients = Number("--clients", "How many clients there are, each with one command at a time.", 16);
var flushed = new Option<bool>("--flushed") { Description = "On the disk, with real flushes, instead of in memory." };
var allocations = new Command("allocations", "What a commit allocates, by type.") { clients, flushed, milliseconds };
allocations.SetAction((parsed, _) => AllocationProfile.PrintAsync(
    parsed.GetValue(flushed) ? Disk.Flushed : Disk.Memory, parsed.GetValue(clients), TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds))));

return await new RootCommand("Benchmarks of the Raft.") { table, measure, allocations }.Parse(args).InvokeAsync();

static Option<int> Number(string name, string description, int usual)
{
    var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
    option.Validators.Add(result =>
    {
        if (result.GetValue(option) < 1) result.AddError($"{name} is at least 1.");
    });
    return option;
}
