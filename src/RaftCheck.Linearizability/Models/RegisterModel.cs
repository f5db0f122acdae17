namespace RaftCheck.Linearizability;

/// <summary>One value that is read, written and, in a cas-register, compared and swapped.</summary>
internal sealed class RegisterModel(string name, Value initial, bool hasCas) : Model(name, initial), IRegisterLike
{
    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call) => call.F switch
    {
        "read" => call.Explains(state, call.Output) ? state : null,
        "write" => call.Input,
        _ => CompareAndSwap.Step(state, call),
    };

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.F switch
        {
            "read" or "write" => null,
            "cas" when hasCas => CompareAndSwap.Complaint(operation.Input),
            _ => Unknown(operation.F, hasCas ? "read, write and cas" : "read and write"),
        };
    }

    /// <inheritdoc/>
    public override bool IsRead(Operation operation) => operation.F == "read";

    /// <inheritdoc/>
    public override bool Overwrites(Operation operation) => operation.F == "write";

    /// <inheritdoc/>
    public override bool Compares(string f) => f == "cas";

    /// <inheritdoc/>
    public RegisterCall AsRegisterCall(in Call call) => call.F switch
    {
        "read" when call.Output.IsNil && call.NilReads == NilRead.Unconstrained => RegisterCall.Nothing,
        "read" => RegisterCall.Read(call.Output),
        "write" => RegisterCall.Write(call.Input),
        _ => RegisterCall.CompareAndSwap(call),
    };
}
