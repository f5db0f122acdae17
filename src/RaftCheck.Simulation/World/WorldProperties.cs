namespace RaftCheck.Simulation.World;

/// <summary>The properties that the world checks for every system.</summary>
public static class WorldProperties
{
    /// <summary>No exception escapes the system under test.</summary>
    public const string NoUnhandledException = "No Unhandled Exception";

    /// <summary>
    /// The system's activities never wait for each other's locks in a circle. Only Coyote sees it; an await that nobody
    /// ever completes is not a deadlock in this sense, and shows only in what does not happen.
    /// </summary>
    public const string NoDeadlock = "No Deadlock";

    /// <summary>What the clients saw is explained by operations that take effect one at a time, each between its call and its return.</summary>
    public const string Linearizability = "Linearizability";

    /// <summary>
    /// Where replies say by which entry of a replicated log an operation took effect, the order of the log is one that
    /// explains what the clients saw.
    /// </summary>
    public const string LogOrder = "Log Order";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Linearizability, LogOrder, NoUnhandledException, NoDeadlock];
}
