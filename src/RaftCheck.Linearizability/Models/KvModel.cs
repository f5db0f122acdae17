namespace RaftCheck.Linearizability;

/// <summary>A map of strings to strings, judged key by key: a step sees one key's value, which is "" when it has none.</summary>
internal sealed class KvModel : Model, IRegisterLike
{
    private static readonly Value Empty = Value.Of("");

    /// <summary>A map whose every key starts with <paramref name="initial"/>.</summary>
    public KvModel(string name, Value initial)
        : base(name, initial)
    {
        if (initial.Kind != ValueKind.String) throw Models.BadInitial(name, initial, "it needs a string, such as \"\"");
    }

    /// <inheritdoc/>
    public override Value? Step(Value state, in Call call) => call.F switch
    {
        // A key that was never put may be read as nil or as "": the same to this model.
        "get" when call.Output.IsNil && call.NilReads == NilRead.Observed => call.Explains(state, Empty) ? state : null,
        "get" => call.Explains(state, call.Output) ? state : null,
        "put" => call.Input,
        "append" => call.Input.AsText.Length == 0 ? state : Value.Of(state.AsText + call.Input.AsText),
        "delete" => Empty,
        _ => CompareAndSwap.Step(state, call),
    };

    /// <inheritdoc/>
    public override string? Complaint(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.Key is null) return $"an operation of the model '{Name}' needs a key";
        return operation.F switch
        {
            "get" when operation.Output is { Kind: not (ValueKind.String or ValueKind.Nil) } read => NotString("get", read),
            "get" or "delete" => null,
            "put" or "append" => operation.Input.Kind == ValueKind.String ? null : NotString(operation.F, operation.Input),
            "cas" => CompareAndSwap.Complaint(operation.Input) ?? CasComplaint(operation.Input),
            _ => Unknown(operation.F, "get, put, append, delete and cas"),
        };
    }

    /// <inheritdoc/>
    public override bool IsRead(Operation operation) => operation.F == "get";

    /// <inheritdoc/>
    public override bool Overwrites(Operation operation) => operation.F is "put" or "delete";

    /// <inheritdoc/>
    public override bool Compares(string f) => f == "cas";

    /// <inheritdoc/>
    public RegisterCall AsRegisterCall(in Call call) => call.F switch
    {
        "get" when call.Output.IsNil => call.NilReads == NilRead.Observed ? RegisterCall.Read(Empty) : RegisterCall.Nothing,
        "get" => RegisterCall.Read(call.Output),
        "put" => RegisterCall.Write(call.Input),
        "delete" => RegisterCall.Write(Empty),
        "append" => call.Input.AsText.Length == 0 ? RegisterCall.Nothing : RegisterCall.Other,
        _ => RegisterCall.CompareAndSwap(call),
    };

    private static string? CasComplaint(Value input)
    {
        foreach (Value value in input.Items)
        {
            if (value.Kind != ValueKind.String) return NotString("cas", value);
        }

        return null;
    }

    private static string NotString(string f, Value value) =>
        $"the value of a {f} is a string, not {OneLine.Shorten(value.ToString())}";
}
