using RaftCheck.Raft.Seams;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>
/// Several real nodes on the test's thread, with one clock, and a network in memory whose links the test switches. The
/// same calls give the same run. <see cref="ClusterSafety"/> holds throughout, or the test fails.
/// </summary>
internal sealed class Cluster
{
    private readonly SingleThread thread = new();
    private readonly ManualClock clock = new();
    private readonly ClusterSafety safety = new();
    private readonly RaftOptions options;
    private readonly Func<int, RaftOptions>? optionsOf;
    private readonly Func<int, IRandomness> randomnessOf;
    private readonly SortedDictionary<int, ClusterServer> servers = [];

    /// <param name="servers">How many servers the cluster begins with: 0, 1, and so on.</param>
    /// <param name="options">The settings of all servers.</param>
    /// <param name="optionsOf">The settings of each server, if they differ.</param>
    /// <param name="randomnessOf">Where each server's election timeouts come from; null for a seed of its own.</param>
    public Cluster(int servers = 3, RaftOptions? options = null, Func<int, RaftOptions>? optionsOf = null, Func<int, IRandomness>? randomnessOf = null)
    {
        this.options = options ?? new RaftOptions();
        this.optionsOf = optionsOf;
        this.randomnessOf = randomnessOf ?? (number => new SeededRandomness(number + 1));
        Network = new ClusterNetwork(clock);
        var members = ClusterConfiguration.Of(Enumerable.Range(0, servers).Select(Server));
        for (var number = 0; number < servers; number++)
        {
            Add(number, members);
        }
    }

    public ClusterNetwork Network { get; }

    public TimeSpan Now => clock.Now;

    public ClusterServer this[int number] => servers[number];

    public ClusterServer this[NodeId id] => servers[id.Value];

    public IEnumerable<ClusterServer> Up => servers.Values.Where(server => server.IsUp);

    /// <summary>The leader of the latest term that has one.</summary>
    public ClusterServer? Leader => Up.Where(server => server.Role == Role.Leader).MaxBy(server => server.Status.CurrentTerm.Value);

    /// <summary>Starts a server that belongs to no cluster yet: it knows nobody, and waits to be added.</summary>
    public ClusterServer StartNew(int number) => Add(number, ClusterConfiguration.Empty);

    /// <summary>The server loses its power: what it had not flushed is gone.</summary>
    public void Crash(int number)
    {
        var server = servers[number];
        server.Disk = server.Disk.AfterPowerFailure();
        server.IsUp = false;
        Network.Detach(server.Id);
        Do(server.Node.Stop);
    }

    /// <summary>The server's process starts again, from its disk.</summary>
    public void Restart(int number) => Open(servers[number]);

    /// <summary>Nobody hears from the server, nor it from anybody.</summary>
    public void Isolate(int number)
    {
        foreach (var other in servers.Values.Where(server => server.Id != Server(number)))
        {
            Network.Cut(Server(number), other.Id);
            Network.Cut(other.Id, Server(number));
        }
    }

    /// <summary>Only servers of the same group hear from each other.</summary>
    public void Partition(params int[][] groups)
    {
        Network.ConnectAll();
        foreach (var from in servers.Values)
        {
            foreach (var to in servers.Values.Where(to => !groups.Any(group => group.Contains(from.Id.Value) && group.Contains(to.Id.Value))))
            {
                Network.Cut(from.Id, to.Id);
            }
        }
    }

    public void Heal() => Network.ConnectAll();

    /// <summary>Does something at this moment, and all that follows from it at once.</summary>
    public T Do<T>(Func<T> action) => thread.Do(action);

    public void Do(Action action) => thread.Do(() =>
    {
        action();
        return true;
    });

    /// <summary>Lets time pass; all that falls due happens at its moment.</summary>
    public void Elapse(int ms)
    {
        var end = clock.Now + TimeSpan.FromMilliseconds(ms);
        while (thread.Do(() => clock.AdvanceToNext(end)))
        {
        }
    }

    /// <summary>Lets time pass until something holds.</summary>
    public void Until(Func<bool> holds, string what, int withinMs = 5000)
    {
        var end = clock.Now + TimeSpan.FromMilliseconds(withinMs);
        while (!holds())
        {
            Assert.True(thread.Do(() => clock.AdvanceToNext(end)), $"Within {withinMs} ms it did not come about that {what}.{Environment.NewLine}{Describe()}");
        }
    }

    /// <summary>Lets time pass until a task has its result.</summary>
    public T Await<T>(Func<Task<T>> start, int withinMs = 5000)
    {
        var task = Do(start);
        Until(() => task.IsCompleted, "the call was answered", withinMs);
        return task.Now();
    }

    /// <summary>Lets time pass until a server leads that a quorum follows: it has committed an entry of its term.</summary>
    public ClusterServer AwaitLeader()
    {
        Until(() => Leader is { Status: var status } && status.CommitIndex == status.LastLogIndex, "there is a leader, and all of its log is committed");
        return Leader!;
    }

    /// <summary>Has a command committed, and applied by the leader.</summary>
    public void Commit(string command)
    {
        var leader = AwaitLeader();
        Assert.Equal(ProposeOutcome.Applied, Await(() => leader.Node.ProposeAsync(System.Text.Encoding.UTF8.GetBytes(command))).Outcome);
    }

    /// <summary>A line for each server, for people to read.</summary>
    public string Describe() => string.Join(Environment.NewLine, servers.Values.Select(server =>
        $"{server.Id} {(server.IsUp ? server.Role.ToString() : "down")}, {server.Status}"));

    private ClusterServer Add(int number, ClusterConfiguration bootstrap)
    {
        var server = new ClusterServer(Server(number), bootstrap, safety);
        servers.Add(number, server);
        Open(server);
        return server;
    }

    private void Open(ClusterServer server)
    {
        server.Machine = new RecordingStateMachine();
        var number = server.Id.Value;
        var seams = new RaftSeams(clock, randomnessOf(number), Network.For(server.Id), server.Disk, new RecordingTaskStarter(thread));
        server.Node = thread.Do(() => RaftNode.OpenAsync(server.Id, server.Bootstrap, optionsOf?.Invoke(number) ?? options, seams, server.Machine, server)).Now();
        server.IsUp = true;
        Network.Attach(server.Id, server.Node);
        Do(server.Node.Run);
    }
}
