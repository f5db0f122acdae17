namespace RaftCheck.Linearizability;

/// <summary>
/// What a system is supposed to do, one operation at a time. A model is immutable and its methods are pure, so one
/// instance serves any number of threads.
/// </summary>
public abstract class Model
{
    /// <summary>A model of that name.</summary>
    protected Model(string name, Value initial)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(initial);
        Name = name;
        Initial = initial;
    }

    /// <summary>The name that users type: <c>kv</c>, <c>cas-register</c> …</summary>
    public string Name { get; }

    /// <summary>The state before the first operation (of each part, when the model is partitioned).</summary>
    public Value Initial { get; }

    /// <summary>
    /// The part of the state that an operation touches. Operations of different parts are judged apart, which is sound
    /// because a history is linearizable if and only if it is so object by object (Herlihy and Wing's locality).
    /// </summary>
    /// <returns>The name of the part; <see langword="null"/> is a part like any other.</returns>
    public virtual string? PartOf(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.Key;
    }

    /// <summary>
    /// The model to judge a history by: this one, or one of the same meaning that has more parts, where the history lacks
    /// the operations that would span them.
    /// </summary>
    public virtual Model For(History history) => this;

    /// <summary>Whether it matters to the model which process calls: who acquires a lock, say.</summary>
    public virtual bool DistinguishesProcesses => false;

    /// <summary>The state after <paramref name="call"/>; <see langword="null"/> when it cannot have ended as it did.</summary>
    public abstract Value? Step(Value state, in Call call);

    /// <summary>Why an operation is not one of this model's; <see langword="null"/> when it is.</summary>
    public virtual string? Complaint(Operation operation) => null;

    /// <summary>Whether an operation leaves every state as it is, whatever the state. When in doubt, false.</summary>
    public virtual bool IsRead(Operation operation) => false;

    /// <summary>
    /// Whether an operation is possible in every state, and leaves the same state behind whatever the state was: a
    /// blind write. When in doubt, false: it only makes checks slower.
    /// </summary>
    public virtual bool Overwrites(Operation operation) => false;

    /// <summary>Whether operations of this name compare first, so that a failed one may have seen a mismatch.</summary>
    public virtual bool Compares(string f) => false;

    /// <summary>
    /// Whether a call may leave other states behind than the one that <see cref="Step"/> gives, which then stands for
    /// them all: any call that is possible after one of the others is possible after this one.
    /// </summary>
    internal virtual bool LeavesOpen(in Call call) => false;

    /// <summary>
    /// The state after calls that follow one another from <see cref="Initial"/>; <see langword="null"/> when one of them
    /// cannot have ended as it did. The same as step after step, but a model whose states are large may be faster.
    /// </summary>
    internal virtual Value? Replay(ReadOnlySpan<Call> calls)
    {
        Value? state = Initial;
        for (int i = 0; i < calls.Length && state is not null; i++) state = Step(state, in calls[i]);
        return state;
    }

    /// <summary>The complaint about a name that the model does not know.</summary>
    private protected string Unknown(string f, string known) =>
        $"the model '{Name}' has no operation '{OneLine.Shorten(f)}'; it has {known}";
}
