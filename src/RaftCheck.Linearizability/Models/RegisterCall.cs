namespace RaftCheck.Linearizability;

/// <summary>What an operation does to a register.</summary>
internal enum RegisterCallKind
{
    /// <summary>It says nothing and does nothing.</summary>
    Nothing,

    /// <summary>It finds <see cref="RegisterCall.Expected"/>.</summary>
    Read,

    /// <summary>It leaves <see cref="RegisterCall.Written"/> behind, whatever it finds.</summary>
    Write,

    /// <summary>It finds <see cref="RegisterCall.Expected"/> and leaves <see cref="RegisterCall.Written"/> behind.</summary>
    Swap,

    /// <summary>It finds anything but <see cref="RegisterCall.Expected"/>.</summary>
    Mismatch,

    /// <summary>Something that is not said in these words: an append, say.</summary>
    Other,
}

/// <summary>An operation in the words of a register.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Expected">What it finds, or does not find; nil if that does not matter.</param>
/// <param name="Written">What it leaves behind; nil if it leaves what it finds.</param>
internal readonly record struct RegisterCall(RegisterCallKind Kind, Value Expected, Value Written)
{
    /// <summary>It says nothing and does nothing.</summary>
    public static readonly RegisterCall Nothing = new(RegisterCallKind.Nothing, Value.Nil, Value.Nil);

    /// <summary>It cannot be said in these words.</summary>
    public static readonly RegisterCall Other = new(RegisterCallKind.Other, Value.Nil, Value.Nil);

    /// <summary>A read that found a value.</summary>
    public static RegisterCall Read(Value found) => new(RegisterCallKind.Read, found, Value.Nil);

    /// <summary>A write.</summary>
    public static RegisterCall Write(Value value) => new(RegisterCallKind.Write, Value.Nil, value);

    /// <summary>A <c>cas</c>, whose argument is <c>[expected new]</c>.</summary>
    public static RegisterCall CompareAndSwap(in Call call)
    {
        Value expected = call.Input.Items[0];
        Value written = call.Input.Items[1];
        if (call.Outcome == CallOutcome.Mismatched) return new(RegisterCallKind.Mismatch, expected, Value.Nil);
        if (!expected.Equals(written)) return new(RegisterCallKind.Swap, expected, written);
        // To swap a value for itself is to read it; and if nobody knows whether that happened, it is nothing.
        return call.Outcome == CallOutcome.Returned ? Read(expected) : Nothing;
    }
}

/// <summary>A model whose state is one value that is read and replaced as a whole.</summary>
internal interface IRegisterLike
{
    /// <summary>An operation in the words of a register.</summary>
    RegisterCall AsRegisterCall(in Call call);
}
