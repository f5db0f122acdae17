namespace RaftCheck.Raft.Host;

/// <summary>The clients: each does one operation after the other until it is told to end, and writes the history of it.</summary>
internal sealed class Clients(LocalCluster cluster, HistoryLog history, HostArguments arguments)
{
    private const int MaxPauseMs = 6;

    private static readonly TimeSpan ElectionLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FinalReadLimit = TimeSpan.FromSeconds(10);

    /// <summary>Waits until there is a leader that a majority follows: it has opened a session.</summary>
    /// <exception cref="TimeoutException">There is none.</exception>
    public async Task AwaitLeaderAsync()
    {
        var client = new ClusterClient(cluster, new Workload(Seed(-1), arguments.Incarnation));
        for (var giveUp = new Deadline(ElectionLimit); await client.OpenSessionAsync() == 0;)
        {
            if (giveUp.HasPassed)
            {
                throw new TimeoutException($"no server leads a majority within {ElectionLimit.TotalSeconds} s");
            }
        }
    }

    public Task RunAsync(CancellationToken end) =>
        Task.WhenAll(Enumerable.Range(0, arguments.Clients).Select(number => Task.Run(() => RunAsync(number, end), CancellationToken.None)));

    /// <summary>Sends again what an earlier incarnation left, beside the clients that there are now.</summary>
    public Task SendAgainAsync() => arguments.Resend is null
        ? Task.CompletedTask
        : Resending.RunAsync(arguments.Resend, number => new ClusterClient(cluster, new Workload(Seed(-2 - number), arguments.Incarnation)), history);

    /// <summary>Reads every key once, by the log: what there is in the end.</summary>
    /// <exception cref="TimeoutException">No majority answered.</exception>
    public async Task ReadAllAsync()
    {
        history.Note("final reads", "");
        var choices = new Workload(arguments.Seed, arguments.Incarnation);
        foreach (var key in Workload.AllKeys(arguments.Incarnation))
        {
            var read = new Operation("get", key);
            var client = new ClusterClient(cluster, choices);
            Completion completion;
            var giveUp = new Deadline(FinalReadLimit);
            do
            {
                var process = history.NewProcess();
                history.Invoke(process, read, default);
                completion = await client.DoAsync(read, new ClientSequence(await client.OpenSessionAsync(), 1));
                history.Return(process, read, completion);
            }
            while (completion.Type != "ok" && !giveUp.HasPassed);

            if (completion.Type != "ok")
            {
                throw new TimeoutException($"{key} can't be read: {completion.Error}");
            }
        }
    }

    private async Task RunAsync(int number, CancellationToken end)
    {
        var choices = new Workload(Seed(number), arguments.Incarnation);
        var client = new ClusterClient(cluster, choices);
        while (!end.IsCancellationRequested)
        {
            var session = await client.OpenSessionAsync();
            if (session != 0)
            {
                await RunSessionAsync(client, choices, session, end);
            }
        }
    }

    /// <summary>
    /// A process of the history has a session of its own, and is over when the end of one of its operations is unknown, as
    /// with Jepsen.
    /// </summary>
    private async Task RunSessionAsync(ClusterClient client, Workload choices, long session, CancellationToken end)
    {
        var process = history.NewProcess();
        for (var sequence = 1L; !end.IsCancellationRequested; sequence++)
        {
            var operation = choices.Next($"{process}.{sequence};");
            history.Invoke(process, operation, new ClientSequence(session, sequence));
            var completion = await client.DoAsync(operation, new ClientSequence(session, sequence));
            history.Return(process, operation, completion);
            if (completion.Type == "info")
            {
                return;
            }

            choices.Learn(operation, completion);
            await Task.Delay(choices.Pause(MaxPauseMs), CancellationToken.None);
        }
    }

    /// <summary>A seed for each client of each incarnation, the same in every process.</summary>
    private int Seed(int number) => (((arguments.Seed * 1009) + arguments.Incarnation) * 1009) + number;
}
