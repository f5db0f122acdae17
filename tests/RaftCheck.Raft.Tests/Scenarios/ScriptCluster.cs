using System.Globalization;
using System.Text;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>The servers of a script, and the commands by which it moves them. SCRIPTS.md says what each command does.</summary>
internal sealed class ScriptCluster
{
    private readonly SingleThread thread = new();
    private readonly SortedDictionary<int, ScriptServer> servers = [];
    private readonly ScriptNetwork network;
    private readonly StringBuilder output = new();
    private RaftOptions options = new() { PreVote = false, CheckQuorum = false, SnapshotEntries = 0 };
    private bool isQuiet;

    public ScriptCluster() => network = new ScriptNetwork(Print) { FindServer = id => servers.GetValueOrDefault(id.Value) };

    /// <summary>Does one command.</summary>
    /// <returns>What happened, one event a line.</returns>
    public string Execute(string line)
    {
        output.Clear();
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var arguments = words[1..];
        switch (words[0])
        {
            case "options":
                SetOptions(arguments);
                break;
            case "add-servers":
                AddServers(int.Parse(arguments[0], CultureInfo.InvariantCulture), arguments.Contains("empty"));
                break;
            case "log-level":
                isQuiet = arguments[0] == "none";
                break;
            case "campaign":
                Server(arguments[0]).ElapseToElection();
                break;
            case "tick-heartbeat":
                Server(arguments[0]).Elapse(options.HeartbeatInterval);
                break;
            case "elapse":
                Server(arguments[0]).Elapse(TimeSpan.FromMilliseconds(int.Parse(arguments[1], CultureInfo.InvariantCulture)));
                break;
            case "propose":
                Propose(Server(arguments[0]), arguments[1]);
                break;
            case "deliver":
                Deliver(arguments);
                break;
            case "repeat":
                Do(() => network.RepeatFirst(Filter(arguments)));
                break;
            case "lose":
                Do(() => network.Lose(Filter(arguments)));
                break;
            case "stabilize":
                Stabilize(arguments);
                break;
            case "crash":
                Server(arguments[0]).Crash();
                break;
            case "restart":
                Server(arguments[0]).Start();
                break;
            case "hold-flushes":
                Server(arguments[0]).Disk.HoldFlushes = true;
                break;
            case "complete-flush":
                Server(arguments[0]).Disk.CompleteFlush(thread, arguments.Contains("failing") ? new IOException("The disk is full.") : null);
                break;
            case "status":
                Status(arguments);
                break;
            case "log":
                PrintLog(Server(arguments[0]));
                break;
            case "messages":
                foreach (var message in network.UnderWay)
                {
                    Print($"{message.From} -> {message.To} {message.Text}");
                }

                break;
            default:
                ScriptOperations.Execute(this, words[0], arguments);
                break;
        }

        return output.ToString();
    }

    public ScriptServer Server(string name) => servers[int.Parse(name.TrimStart('n'), CultureInfo.InvariantCulture)];

    public void Print(string line)
    {
        if (!isQuiet)
        {
            output.Append(line).Append('\n');
        }
    }

    public void Do(Action action) => thread.Do(() =>
    {
        action();
        return true;
    });

    /// <summary>Prints what a task ends with, whenever that is.</summary>
    public void Await<T>(string what, Func<Task<T>> start, Func<T, string> describe) => Do(() => _ = PrintAsync(what, start, describe));

    private async Task PrintAsync<T>(string what, Func<Task<T>> start, Func<T, string> describe)
    {
        var result = await start();
        Print($"{what}: {describe(result)}");
    }

    private void SetOptions(string[] arguments)
    {
        foreach (var argument in arguments)
        {
            var (name, value) = (argument.Split('=')[0], argument.Split('=')[1]);
            var number = int.TryParse(value, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            options = name switch
            {
                "pre-vote" => options with { PreVote = value == "on" },
                "check-quorum" => options with { CheckQuorum = value == "on" },
                "max-entries" => options with { MaxEntriesPerAppend = number },
                "max-in-flight" => options with { MaxInFlightAppends = number },
                "max-uncommitted" => options with { MaxUncommittedEntries = number },
                "snapshot-entries" => options with { SnapshotEntries = number },
                "trailing" => options with { SnapshotTrailingEntries = number },
                "chunk" => options with { SnapshotChunkBytes = number },
                _ => throw new ArgumentException($"There is no option {name}.", nameof(arguments)),
            };
        }
    }

    private void AddServers(int count, bool isEmpty)
    {
        var first = servers.Count + 1;
        var added = Enumerable.Range(first, count).ToArray();
        var bootstrap = isEmpty ? ClusterConfiguration.Empty : ClusterConfiguration.Of(added.Select(number => new NodeId(number)));
        foreach (var number in added)
        {
            servers.Add(number, new ScriptServer(new NodeId(number), bootstrap, options, thread, network, Print));
        }
    }

    private void Propose(ScriptServer server, string value)
    {
        var command = new KeyValueCommand(KeyValueOperation.Put, "k", value).Encode();
        Await($"propose {value}", () => server.Node!.ProposeAsync(command), result => $"{result.Outcome}{(result.LeaderHint is { } hint ? $", leader {hint}" : "")}");
    }

    private void Deliver(string[] arguments)
    {
        var fits = Filter(arguments);
        var batch = network.UnderWay.Where(message => fits(message)).ToHashSet();
        for (var i = batch.Count; i > 0; i--)
        {
            Do(() => network.DeliverNext(batch.Contains));
        }
    }

    /// <summary>Delivers until nothing is left to deliver among the servers that are named, or among all.</summary>
    private void Stabilize(string[] arguments)
    {
        var among = arguments.Length == 0 ? servers.Keys.ToArray() : [.. arguments.Select(name => int.Parse(name.TrimStart('n'), CultureInfo.InvariantCulture))];
        var delivered = true;
        for (var i = 0; delivered; i++)
        {
            Assert.True(i < 1_000, "The servers don't come to rest.");
            delivered = false;
            Do(() => delivered = network.DeliverNext(message => among.Contains(message.From.Value) && among.Contains(message.To.Value)));
        }
    }

    /// <summary><c>1->2</c> is what goes from 1 to 2, <c>->2</c> what goes to 2, <c>1-></c> what 1 sent, and other words are looked for in the text.</summary>
    private static Predicate<ScriptNetwork.Message> Filter(string[] arguments) => message => arguments.All(argument =>
    {
        var at = argument.IndexOf("->", StringComparison.Ordinal);
        return at < 0
            ? message.Text.Contains(argument, StringComparison.Ordinal)
            : (at == 0 || message.From.ToString() == "n" + argument[..at].TrimStart('n')) && (at + 2 == argument.Length || message.To.ToString() == "n" + argument[(at + 2)..].TrimStart('n'));
    });

    private void Status(string[] arguments)
    {
        foreach (var (number, server) in servers)
        {
            if (arguments.Length > 0 && !arguments.Contains(number.ToString(CultureInfo.InvariantCulture)))
            {
                continue;
            }

            Print(server.Node?.GetStatus() is { } s
                ? $"{s.Id} {s.Role.ToString().ToLowerInvariant()} term={s.CurrentTerm} vote={s.VotedFor?.ToString() ?? "none"} leader={s.LeaderHint?.ToString() ?? "none"} log={s.FirstLogIndex}..{s.LastLogIndex}/{s.LastLogTerm} commit={s.CommitIndex} applied={s.LastApplied} {s.Configuration}"
                : $"n{number} is down");
        }
    }

    private void PrintLog(ScriptServer server)
    {
        foreach (var entry in server.Log)
        {
            Print(MessageText.Describe(entry));
        }
    }
}
