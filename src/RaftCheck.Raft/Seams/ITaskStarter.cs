namespace RaftCheck.Raft.Seams;

/// <summary>How a node starts its long-running loops, and the one task that each RPC has.</summary>
public interface ITaskStarter
{
    /// <summary>
    /// Starts an activity that runs beside the caller. It must not run inside this call.
    /// An exception that escapes the activity is a defect of the node: the starter reports it, and never swallows it.
    /// </summary>
    /// <param name="name">What the activity is for, for people to read.</param>
    /// <param name="activity">The activity.</param>
    void Start(string name, Func<Task> activity);
}
