using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.World;

/// <summary>One server's machine: its disk, which stays, and its process, which comes and goes.</summary>
internal sealed class ServerProcess : IServerHost
{
    private static readonly SendOrPostCallback RunActivity = static activity => _ = ((Activity)activity!).RunAsync();

    private readonly VirtualWorld world;
    private readonly SimulatedDisk disk;
    private readonly Random random;

    /// <summary>The calls of other servers that are being handled: a crash leaves them without an answer.</summary>
    private readonly List<PendingCall> handling = [];

    private ProcessContext? context;
    private IServer? server;
    private int incarnations;

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

    public TimeSpan Now => TimeSpan.FromMicroseconds(world.NowUs);

    public ISimulatedDisk Disk => disk;

    public bool IsUp => context is not null;

    public Task Delay(TimeSpan duration)
    {
        var process = context;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.After((duration.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond, () =>
        {
            // A timer of a process that is gone: nobody waits for it.
            if (process is { IsAlive: true })
            {
                done.SetResult();
            }
        });
        return done.Task;
    }

    public int NextRandom(int fromInclusive, int toExclusive) => random.Next(fromInclusive, toExclusive);

    public void Start(string name, Func<Task> activity) => context?.Post(RunActivity, new Activity(this, name, activity));

    public Task<object?> CallAsync(int to, object request)
    {
        var call = new PendingCall(world, Server, to);
        world.Recorder.Statistics.Messages++;
        world.Recorder.Trace(Server, "send", to, request);
        if (world.Network.DrawLoss(Server, to) != Loss.None)
        {
            Lose(to, Server, request);
            call.Expire();
            return call.Reply;
        }

        Transmit(to, request, call);
        if (world.Network.DrawDuplicate())
        {
            world.Recorder.Statistics.MessagesDuplicated++;
            world.Recorder.Trace(Server, "duplicate", to, request);
            Transmit(to, request, call);
        }

        return call.Reply;
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

    public void Boot()
    {
        context = new ProcessContext(world, Server, ++incarnations);
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

    private void Transmit(int to, object request, PendingCall call)
    {
        var latency = world.Network.DrawLatencyUs(out var isStraggler);
        if (isStraggler)
        {
            world.Recorder.Statistics.MessagesDelayed++;
        }

        world.After(latency, () => world.Servers[to].Receive(request, call));
    }

    private void Receive(object request, PendingCall call)
    {
        if (server is not { } running || world.Network.IsCut(call.From, Server))
        {
            Lose(Server, call.From, request);
            call.Expire();
            return;
        }

        world.Recorder.Trace(Server, "receive", call.From, request);
        handling.Add(call);
        Start("handler", async () =>
        {
            var reply = await running.HandleAsync(call.From, request);
            handling.Remove(call);
            Reply(call, reply);
        });
    }

    private void Reply(PendingCall call, object reply)
    {
        world.Recorder.Statistics.Messages++;
        world.Recorder.Trace(Server, "reply", call.From, reply);
        if (world.Network.DrawLoss(Server, call.From) != Loss.None)
        {
            Lose(call.From, Server, reply);
            call.Expire();
            return;
        }

        var latency = world.Network.DrawLatencyUs(out var isStraggler);
        if (isStraggler)
        {
            world.Recorder.Statistics.MessagesDelayed++;
        }

        world.After(latency, () =>
        {
            if (world.Network.IsCut(Server, call.From))
            {
                Lose(call.From, Server, reply);
                call.Expire();
            }
            else
            {
                call.Complete(reply);
            }
        });
    }

    private void Lose(int at, int from, object message)
    {
        world.Recorder.Statistics.MessagesLost++;
        world.Recorder.Trace(at, "lost", from, message);
    }

    /// <summary>A call that another server made, and waits for.</summary>
    private sealed class PendingCall(VirtualWorld world, int from, int to)
    {
        private readonly TaskCompletionSource<object?> reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly long deadlineUs = world.NowUs + (world.Network.CallTimeoutMs * 1000L);

        public int From { get; } = from;

        public Task<object?> Reply => reply.Task;

        /// <summary>No reply will come: the caller learns so when its time limit ends.</summary>
        public void Expire() => world.After(Math.Max(0, deadlineUs - world.NowUs), () => reply.TrySetResult(null));

        public void Complete(object message)
        {
            if (reply.Task.IsCompleted)
            {
                return;
            }

            var inTime = world.NowUs <= deadlineUs;
            if (inTime)
            {
                world.Recorder.Trace(From, "answer", to, message);
            }

            reply.TrySetResult(inTime ? message : null);
        }
    }

    private sealed class Activity(ServerProcess process, string name, Func<Task> activity)
    {
        public async Task RunAsync()
        {
            try
            {
                await activity();
            }
#pragma warning disable CA1031 // Whatever escapes the system under test is a finding.
            catch (Exception e) when (e is not ThreadInterruptedException)
#pragma warning restore CA1031
            {
                process.world.Recorder.Violate(
                    WorldProperties.NoUnhandledException,
                    $"The activity \"{name}\" of n{process.Server} ended with {e.GetType().Name}: {e.Message}");
            }
        }
    }
}
