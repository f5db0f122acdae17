namespace RaftCheck.Simulation.World;

/// <summary>
/// One incarnation of a server's process. Every continuation of the server's code is posted here, because the code under
/// test awaits nothing that leaves its context; so a crash is this object turned off: what was awaited never resumes.
/// </summary>
internal sealed class ProcessContext(VirtualWorld world, int server) : SynchronizationContext
{
    public int Server { get; } = server;

    public bool IsAlive { get; private set; } = true;

    public void Crash() => IsAlive = false;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsAlive)
        {
            world.Enqueue(new Continuation(this, d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A virtual process has no thread to send to; nothing in it may block.");

    public override SynchronizationContext CreateCopy() => this;
}

/// <summary>A piece of a server's code that is ready to run.</summary>
internal readonly record struct Continuation(ProcessContext Context, SendOrPostCallback Callback, object? State);
