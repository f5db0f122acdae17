namespace RaftCheck.Linearizability;

/// <summary>
/// A lock that knows who holds it: only its holder, a process, can release it. A reentrant one can be acquired again by
/// its holder, and is free when it was released as often. A fenced one gives each holder a token, an integer greater
/// than all tokens before; a token that is not known counts as the smallest that it can have been. An <c>acquire</c> that
/// failed did not get the lock; one whose end is unknown may have, and then holds it until its process releases it.
/// </summary>
internal sealed class OwnedMutexModel : Model
{
    private static readonly Value Free = Value.Keyword("free");
    private readonly bool _isReentrant;

    /// <summary>A lock that nobody holds.</summary>
    public OwnedMutexModel(string name, Value initial, bool isReentrant)
        : base(name, Value.List(Free, Value.Of(0)))
    {
        if (!initial.Equals(Free)) throw Models.BadInitial(name, initial, "it needs :free");
        _isReentrant = isReentrant;
    }

    /// <summary>Whether an acquire returns a token.</summary>
    public bool HasFence => !_isReentrant;

    /// <inheritdoc/>
    public override bool DistinguishesProcesses => true;

    /// <inheritdoc/>
    /// <remarks>The state is the holder, and how often it holds the lock or else the last token.</remarks>
    public override Value? Step(Value state, in Call call)
    {
        Value holder = state.Items[0];
        long number = state.Items[1].AsInteger;
        Value process = Value.Of(call.Process);
        if (call.F == "release")
        {
            if (!holder.Equals(process)) return null;
            return _isReentrant && number > 1 ? Value.List(holder, Value.Of(number - 1)) : Value.List(Free, Value.Of(_isReentrant ? 0 : number));
        }

        if (_isReentrant) return holder.Equals(Free) || holder.Equals(process) ? Value.List(process, Value.Of(number + 1)) : null;
        if (!holder.Equals(Free)) return null;
        long token = call.Output.IsNil ? number + 1 : call.Output.AsInteger;
        return token > number ? Value.List(process, Value.Of(token)) : null;
    }

    /// <inheritdoc/>
    /// <remarks>A token that is not known may be any that is greater than the last one.</remarks>
    internal override bool LeavesOpen(in Call call) => HasFence && call.F == "acquire" && call.Output.IsNil;

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.F is not ("acquire" or "release")) return Unknown(operation.F, "acquire and release");
        return _isReentrant || operation.F == "release" || operation.Output is null or { Kind: ValueKind.Nil or ValueKind.Integer }
            ? null
            : $"an acquire returns its token, an integer, not {OneLine.Shorten(operation.Output.ToString())}";
    }
}
