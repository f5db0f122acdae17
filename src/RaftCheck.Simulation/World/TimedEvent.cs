namespace RaftCheck.Simulation.World;

/// <summary>
/// Something that happens at a moment of virtual time. A class for each kind, rather than a closure: a run has thousands,
/// and an object that is its own event costs a third of the memory.
/// </summary>
internal interface ITimedEvent
{
    void Happen();
}

/// <summary>An event for which a closure is good enough.</summary>
internal sealed class TimedAction(Action action) : ITimedEvent
{
    public void Happen() => action();
}
