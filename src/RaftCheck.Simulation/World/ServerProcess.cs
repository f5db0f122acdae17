using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.World;

/// <summary>One server's machine: its disk, which stays, and its process, which comes and goes.</summary>
internal sealed partial class ServerProcess : IServerHost
{
    private static readonly SendOrPostCallback RunActivity = static activity => _ = ((Activity)activity!).RunAsync();
    private static readonly SendOrPostCallback RunHandler = static handler => _ = ((Handler)handler!).RunAsync();

    private readonly VirtualWorld world;
    private readonly SimulatedDisk disk;
    private readonly Prng random;

    /// <summary>The calls of other servers that are being handled: a crash leaves them without an answer.</summary>
    private readonly List<IPendingCall> handling = [];

    private ProcessContext? context;
    private IServer? server;

    /// <summary>How many faults want the process down.</summary>
    private int downCount;

    public ServerProcess(VirtualWorld world, int server)
    {
        this.world = world;
        Server = server;
        random = world.NewRandom(VirtualWorld.Stream.Server, server);
        disk = new SimulatedDisk(world, world.Scenario.Disk, world.NewRandom(VirtualWorld.Stream.Disk, server));
    }

    public int Server { get; }

    public int ClusterSize => world.Scenario.Servers;

    public SystemSettings Settings => world.Scenario.System;

    public TimeSpan Now => new(world.NowUs * TimeSpan.TicksPerMicrosecond);

    public ISimulatedDisk Disk => disk;

    public Task Delay(TimeSpan duration)
    {
        var timer = new Timer(context!);
        if (!world.RequireControl(Server))
        {
            return timer.Task;
        }

        world.After((duration.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond, timer);
        return timer.Task;
    }

    public int NextRandom(int fromInclusive, int toExclusive) =>
        world.RequireControl(Server) ? random.Next(fromInclusive, toExclusive) : fromInclusive;

    public void Start(string name, Func<Task> activity) => context?.Post(RunActivity, new Activity(this, name, activity));

    public Task<TReply?> CallAsync<TReply>(int to, object request)
        where TReply : class
    {
        var call = new PendingCall<TReply>(world, Server, to);
        if (!world.RequireControl(Server))
        {
            return call.Task;
        }

        world.Recorder.Statistics.Messages++;
        world.Recorder.Trace(Server, "send", to, request);
        if (world.Network.DrawLoss(Server, to))
        {
            Lose(to, Server, request);
            call.Expire();
            return call.Task;
        }

        Transmit(new RequestArrival(world.Servers[to], request, call));
        if (world.Network.DrawDuplicate())
        {
            world.Recorder.Statistics.MessagesDuplicated++;
            world.Recorder.Trace(Server, "duplicate", to, request);
            Transmit(new RequestArrival(world.Servers[to], request, call));
        }

        return call.Task;
    }

    /// <summary>Handles a client's request, if the process is up.</summary>
    public void Execute(ClientRequest request, Action<ClientReply> answer)
    {
        if (server is { } running)
        {
            world.Recorder.Trace(Server, "request", -1, request);
            Start("client request", async () => answer(await running.ExecuteAsync(request)));
        }
    }

    /// <summary>Opens a client's session, if the process is up.</summary>
    public void OpenSession(Action<SessionReply> answer)
    {
        if (server is { } running)
        {
            Start("client session", async () => answer(await running.OpenSessionAsync()));
        }
    }

    /// <summary>Does what an operator asks, if the process is up.</summary>
    public void Operate(OperatorAction action)
    {
        if (server is { } running)
        {
            Start("operator", async () => world.Recorder.Trace(Server, "operated", -1, $"{action}: {await running.OperateAsync(action)}"));
        }
    }

    public void Boot()
    {
        context = new ProcessContext(world, Server);
        disk.User = context;
        Start("boot", async () => server = await world.Run.StartServerAsync(this));
    }

    /// <summary>Takes the process down, if it is up; a later <see cref="EndCrash"/> for each call brings it back.</summary>
    public void BeginCrash()
    {
        if (downCount++ > 0)
        {
            return;
        }

        context?.Crash();
        context = null;
        server = null;
        world.Recorder.Statistics.Crashes++;
        var lost = disk.Crash();
        if (lost)
        {
            world.Recorder.Statistics.TornWrites++;
        }

        world.Recorder.Trace(Server, "crash", -1, lost ? "lost unflushed writes" : null);
        world.Run.ServerCrashed(Server);
        foreach (var call in handling)
        {
            call.Expire();
        }

        handling.Clear();
    }

    public void EndCrash()
    {
        if (--downCount == 0)
        {
            world.Recorder.Trace(Server, "restart");
            Boot();
        }
    }

    /// <summary>Gives a message to the network, which brings it to its end some time later.</summary>
    private void Transmit(ITimedEvent arrival)
    {
        var latency = world.Network.DrawLatencyUs(out var isStraggler);
        if (isStraggler)
        {
            world.Recorder.Statistics.MessagesDelayed++;
        }

        world.After(latency, arrival);
    }

    private void Receive(object request, IPendingCall call)
    {
        if (server is not { } running || world.Network.IsCut(call.From, Server))
        {
            Lose(Server, call.From, request);
            call.Expire();
            return;
        }

        world.Recorder.Trace(Server, "receive", call.From, request);
        handling.Add(call);
        context?.Post(RunHandler, new Handler(this, running, request, call));
    }

    private void Reply(IPendingCall call, object reply)
    {
        world.Recorder.Statistics.Messages++;
        world.Recorder.Trace(Server, "reply", call.From, reply);
        if (world.Network.DrawLoss(Server, call.From))
        {
            Lose(call.From, Server, reply);
            call.Expire();
            return;
        }

        Transmit(new ReplyArrival(this, reply, call));
    }

    private void Lose(int at, int from, object message)
    {
        world.Recorder.Statistics.MessagesLost++;
        world.Recorder.Trace(at, "lost", from, message);
    }

    private void ReportUnhandled(string activity, Exception exception) => world.Recorder.Violate(
        WorldProperties.NoUnhandledException,
        $"The activity \"{activity}\" of n{Server} ended with {exception.GetType().Name}: {exception.Message}");
}
