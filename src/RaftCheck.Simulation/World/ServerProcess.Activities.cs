using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.World;

/// <summary>The activities that run in a server's process. What escapes them is a violation.</summary>
internal sealed partial class ServerProcess
{
#pragma warning disable CA1031 // Whatever escapes the system under test is a finding.
    private sealed class Activity(ServerProcess process, string name, Func<Task> activity)
    {
        public async Task RunAsync()
        {
            try
            {
                await activity();
            }
            catch (Exception e) when (e is not ThreadInterruptedException)
            {
                process.ReportUnhandled(name, e);
            }
        }
    }

    /// <summary>The activity that handles one request: the most frequent of all, so it is not built from closures.</summary>
    private sealed class Handler(ServerProcess process, IServer server, object request, IPendingCall call)
    {
        public async Task RunAsync()
        {
            try
            {
                var handling = server.HandleAsync(call.From, request);
                if (!handling.IsCompleted)
                {
                    call.Expire(); // It may take longer than the caller waits.
                }

                var reply = await handling;
                process.handling.Remove(call);
                process.Reply(call, reply);
            }
            catch (Exception e) when (e is not ThreadInterruptedException)
            {
                process.ReportUnhandled("handler", e);
            }
        }
    }
#pragma warning restore CA1031
}
