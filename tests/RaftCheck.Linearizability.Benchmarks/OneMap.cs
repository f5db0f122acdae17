namespace RaftCheck.Linearizability.Benchmarks;

/// <summary>A map of strings as one object: what a checker has to judge that is not told that keys are independent.</summary>
internal static class OneMap
{
    /// <summary>The model.</summary>
    public static Model Instance { get; } = Models.Define(
        "map", Value.Map(), Step, partOf: static _ => null, isRead: static operation => operation.F == "get");

    private static Value? Step(Value state, Call call)
    {
        Value key = Value.Of(call.Key!);
        Value held = state.Find(key) ?? Value.Of("");
        return call.F switch
        {
            "get" => call.Explains(held, call.Output) ? state : null,
            "put" => state.With(key, call.Input),
            _ => state.With(key, Value.Of(held.AsText + call.Input.AsText)),
        };
    }
}
