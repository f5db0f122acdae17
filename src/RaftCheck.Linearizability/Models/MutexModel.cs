namespace RaftCheck.Linearizability;

/// <summary>One lock. Who holds it does not matter: what matters is that nobody acquires it while it is held.</summary>
internal sealed class MutexModel : Model
{
    /// <summary>The state of a lock that nobody holds.</summary>
    public static readonly Value Free = Value.Keyword("free");

    private static readonly Value Held = Value.Keyword("held");

    /// <summary>A lock in that state.</summary>
    public MutexModel(string name, Value initial)
        : base(name, initial)
    {
        if (!initial.Equals(Free) && !initial.Equals(Held)) throw Models.BadInitial(name, initial, "it needs :free or :held");
    }

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call) => call.F == "acquire"
        ? (state.Equals(Free) ? Held : null)
        : (state.Equals(Held) ? Free : null);

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.F is "acquire" or "release" ? null : Unknown(operation.F, "acquire and release");
    }
}
