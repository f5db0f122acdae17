using System.Globalization;
using System.Text;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>The servers of a script, and what its commands need: to find them, to move them, and to print.</summary>
internal sealed class ScriptCluster
{
    private readonly SortedDictionary<int, ScriptServer> servers = [];
    private readonly StringBuilder output = new();

    public ScriptCluster() => Network = new ScriptNetwork(Print) { FindServer = id => servers.GetValueOrDefault(id.Value) };

    public SingleThread Thread { get; } = new();

    public ScriptNetwork Network { get; }

    /// <summary>The settings of servers that are added from now on: those of the paper, if the script does not say otherwise.</summary>
    public RaftOptions Options { get; set; } = new() { PreVote = false, CheckQuorum = false, SnapshotEntries = 0, SnapshotTrailingEntries = 0 };

    public bool IsQuiet { get; set; }

    public IEnumerable<ScriptServer> Servers => servers.Values;

    /// <summary>Does one command.</summary>
    /// <returns>What happened, one event a line.</returns>
    /// <exception cref="ArgumentException">There is no such command, or it can't be done so.</exception>
    public string Execute(string line)
    {
        output.Clear();
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!ScriptCommands.All.TryGetValue(words[0], out var command))
        {
            throw new ArgumentException($"There is no command \"{words[0]}\". SCRIPTS.md lists them all.", nameof(line));
        }

        if (words.Length <= command.Arguments)
        {
            throw new ArgumentException("An argument is missing.", nameof(line));
        }

        command.Run(this, words[1..]);
        return output.ToString();
    }

    public void Print(string line)
    {
        if (!IsQuiet)
        {
            output.Append(line).Append('\n');
        }
    }

    /// <summary>The server of that name: 1 or n1.</summary>
    public ScriptServer Server(string name) =>
        servers.GetValueOrDefault(Id(name).Value) ?? throw new ArgumentException($"There is no server {name}.", nameof(name));

    /// <summary>The running node of that server.</summary>
    public RaftNode Node(string name) => Server(name).Node ?? throw new ArgumentException($"Server {name} is down.", nameof(name));

    public static NodeId Id(string name) => new(Number(name.TrimStart('n')));

    public static int Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw new ArgumentException($"\"{text}\" is not a number.", nameof(text));

    /// <summary>The value of an argument <c>name=value</c>, or null.</summary>
    public static string? Named(string[] arguments, string name) =>
        arguments.FirstOrDefault(argument => argument.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>Adds servers with the next numbers.</summary>
    public void Add(int count, bool isEmpty)
    {
        var added = Enumerable.Range(servers.Count + 1, count).Select(number => new NodeId(number)).ToArray();
        var bootstrap = isEmpty ? ClusterConfiguration.Empty : ClusterConfiguration.Of(added);
        foreach (var id in added)
        {
            servers.Add(id.Value, new ScriptServer(id, bootstrap, Options, Thread, Network, Print));
        }
    }

    public void Do(Action action) => Thread.Do(() =>
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
}
