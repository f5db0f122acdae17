namespace RaftCheck.Raft.Node;

/// <summary>A change of the configuration that somebody waits for. There is one at a time. Guarded by the node's lock.</summary>
internal sealed class MembershipChange
{
    public TaskCompletionSource<ChangeResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The entry whose commitment ends the change, or begins the leaving of the joint consensus; null while a new server catches up.</summary>
    public LogIndex? EndsWith { get; set; }

    /// <summary>Why the change was given up; null if it was not. What was done is then undone before it ends.</summary>
    public string? Refusal { get; set; }
}
