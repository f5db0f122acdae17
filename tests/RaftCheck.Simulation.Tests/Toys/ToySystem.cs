using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.Tests.Toys;

/// <summary>What a toy's code gets: its host, and the recorder of the run.</summary>
public sealed record ToyServer(IServerHost Host, IRunRecorder Recorder)
{
    public int Number => Host.Server;

    public Task Sleep(int milliseconds) => Host.Delay(TimeSpan.FromMilliseconds(milliseconds));

    public Task<object?> Call(int to, object request) => Host.CallAsync<object>(to, request);

    public void Note(string name, object? detail = null, int peer = -1) => Recorder.Trace(Number, name, peer, detail);
}

/// <summary>The smallest system under test: three functions. What is left out echoes, or answers ok.</summary>
public sealed class ToySystem : ISystemUnderTest
{
    public Func<ToyServer, Task> OnStart { get; init; } = _ => Task.CompletedTask;

    public Func<ToyServer, int, object, Task<object>> OnRequest { get; init; } = (_, _, request) => Task.FromResult(request);

    public Func<ToyServer, ClientRequest, Task<ClientReply>> OnClient { get; init; } = (_, _) => Task.FromResult(new ClientReply(ClientOutcome.Ok));

    public int? Leader { get; init; }

    public string Name => "toy";

    public string Model => "kv";

    public IReadOnlyList<string> Properties => [];

    public ISystemRun Begin(Scenario scenario, IRunRecorder recorder) => new Run(this, recorder);

    private sealed class Run(ToySystem toy, IRunRecorder recorder) : ISystemRun
    {
        public int AbstractState => 0;

        public async Task<IServer> StartServerAsync(IServerHost host)
        {
            var server = new ToyServer(host, recorder);
            await toy.OnStart(server);
            return new Server(toy, server);
        }

        public int? FindLeader() => toy.Leader;

        public void ServerCrashed(int server)
        {
        }

        public string Describe(object detail) => detail.ToString()!;
    }

    private sealed class Server(ToySystem toy, ToyServer server) : IServer
    {
        public async ValueTask<object> HandleAsync(int from, object request) => await toy.OnRequest(server, from, request);

        public Task<ClientReply> ExecuteAsync(ClientRequest request) => toy.OnClient(server, request);
    }
}
