namespace RaftCheck.Simulation.Tests.Toys;

/// <summary>Every server calls every other all the time, and notes whether it was answered.</summary>
public static class EchoSystem
{
    public const int PeriodMs = 5;

    public const string Answered = "answered";

    public const string Unanswered = "unanswered";

    public static ToySystem Create(int? leader = null) => new()
    {
        Leader = leader,
        OnStart = server =>
        {
            server.Host.Start("ping", () => PingForever(server));
            return Task.CompletedTask;
        },
    };

    private static async Task PingForever(ToyServer server)
    {
        for (var number = 0; ; number++)
        {
            for (var peer = 0; peer < server.Host.ClusterSize; peer++)
            {
                if (peer != server.Number)
                {
                    Ping(server, peer, $"ping {server.Number}>{peer} #{number}");
                }
            }

            await server.Sleep(PeriodMs);
        }
    }

    private static void Ping(ToyServer server, int peer, string message) => server.Host.Start("call", async () =>
    {
        var reply = await server.Call(peer, message);
        Assert.True(reply is null || reply.Equals(message), "An answer belongs to its call.");
        server.Note(reply is null ? Unanswered : Answered, message, peer);
    });
}
