using RaftCheck.Raft;
using RaftCheck.Raft.Host;
using RaftCheck.Raft.Storage;

// Three servers of the Raft in one process, over real files with real flushes, and clients that keep them busy, to be
// killed at any moment: see RaftCheck.Raft.Host.Tests. The history goes to standard output. It ends in an orderly way, with
// a read of every key, when its standard input is closed: so it never outlives the one who started it.
// Exit codes: 0 ended so; 1 no majority answered; 2 bad usage, or a directory that can't be used; 3 a defect.
try
{
    var arguments = HostArguments.Parse(args);
    var history = new HistoryLog(Console.OpenStandardOutput(), arguments.Incarnation);
    var cluster = await LocalCluster.StartAsync(arguments.Directory, history, (activity, e) =>
    {
        Console.Error.WriteLine($"The activity '{activity}' has failed: {e}");
        Environment.Exit(3);
    });

    var clients = new Clients(cluster, history, arguments);
    await clients.AwaitLeaderAsync();
    history.Note("ready", "");

    using var end = new CancellationTokenSource();
    var running = Task.WhenAll(
        clients.RunAsync(end.Token),
        clients.SendAgainAsync(),
        Disturbance.RunAsync(cluster, history, arguments.Incarnation, end.Token));
    var closed = Console.OpenStandardInput().CopyToAsync(Stream.Null);
    await Task.WhenAny(closed, running);
    await end.CancelAsync();
    await running;
    await clients.ReadAllAsync();
    cluster.Stop();
    history.Note("finished", "");
    return 0;
}
catch (TimeoutException e)
{
    await Console.Error.WriteLineAsync($"raft host: {e.Message}");
    return 1;
}
catch (Exception e) when (e is UsageException or StorageException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"raft host: {e.Message}");
    return 2;
}
