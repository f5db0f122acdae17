using System.CommandLine;
using BenchmarkDotNet.Running;
using RaftCheck.Linearizability;
using RaftCheck.Linearizability.Benchmarks;

// How fast the checker is, and on what: see docs/PERFORMANCE.md.
var model = new Argument<string>("model") { Description = "register, cas-register or kv" };
model.AcceptOnlyFromAmong("register", "cas-register", "kv");
var operations = Number("--operations", "How many operations.", 1000);
var clients = Number("--clients", "How many clients, each with one operation at a time.", 10);
var keys = Number("--keys", "Over how many keys they are spread; only kv has more than one.", 1);
var values = Number("--values", "From how many values writes draw; 0 for values that all differ.", 0, least: 0);
var reads = Number("--reads", "Reads among a hundred operations.", 50, least: 0);
var unknown = Number("--unknown", "Operations of unknown end among a thousand.", 0, least: 0);
var seed = Number("--seed", "What the random numbers start from.", 1, least: 0);
var violates = new Option<bool>("--violates") { Description = "Let the last read return what was there at first." };
var generate = new Command("generate", "Writes a generated history to standard output, as JSON Lines.") { model, operations, clients, keys, values, reads, unknown, violates, seed };
generate.SetAction(parsed =>
{
    var workload = new Workload
    {
        Model = parsed.GetValue(model)!,
        Operations = parsed.GetValue(operations),
        Clients = parsed.GetValue(clients),
        Keys = parsed.GetValue(model) == "kv" ? parsed.GetValue(keys) : 1,
        Values = parsed.GetValue(values),
        ReadPercent = parsed.GetValue(reads),
        UnknownPermille = parsed.GetValue(unknown),
        Violates = parsed.GetValue(violates),
        Seed = parsed.GetValue(seed),
    };
    using var output = Console.OpenStandardOutput();
    JsonLinesWriter.Write(HistoryGenerator.Events(workload), output, workload.Model);
});

var filter = new Option<string>("--filter") { Description = "Only rows whose name holds this text.", DefaultValueFactory = _ => "" };
var timeout = Number("--timeout", "Seconds after which a history is left undecided.", 60);
var rounds = Number("--rounds", "How often each row is judged at the most; the median counts.", 15);
var table = new Command("table", "Judges all rows, by us and by the textbook's search in turn, and prints the table.") { filter, timeout, rounds };
table.SetAction(parsed => new Table(TimeSpan.FromSeconds(parsed.GetValue(timeout)), parsed.GetValue(rounds)).Print(parsed.GetValue(filter)!));

var arguments = new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore, Description = "BenchmarkDotNet's own." };
var measure = new Command("measure", "The quick rows with BenchmarkDotNet: spread and allocations.") { arguments };
measure.SetAction(parsed => { BenchmarkSwitcher.FromTypes([typeof(CheckerBenchmarks)]).Run(parsed.GetValue(arguments)); });

var seconds = Number("--seconds", "How long.", 60);
var compare = new Command("compare", "Judges random histories by us and by the textbook's search, and says where they disagree.") { seconds, seed };
compare.SetAction(parsed => Comparison.Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(seed)));

return new RootCommand("Benchmarks of the linearizability checker.") { table, measure, compare, generate }.Parse(args).Invoke();

static Option<int> Number(string name, string description, int usual, int least = 1)
{
    var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
    option.Validators.Add(result =>
    {
        if (result.GetValue(option) < least) result.AddError($"{name} is at least {least}.");
    });
    return option;
}
