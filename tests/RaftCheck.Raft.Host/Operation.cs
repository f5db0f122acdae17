using RaftCheck.Raft.KeyValue;

namespace RaftCheck.Raft.Host;

/// <summary>An operation of a client.</summary>
/// <param name="F">Its name in the history: get, put, append or cas.</param>
/// <param name="Key">The key.</param>
/// <param name="Argument">What is put or appended; for cas, what is expected and what is to take its place; empty for get.</param>
internal sealed record Operation(string F, string Key, params string[] Argument)
{
    public ReadOnlyMemory<byte> Encode() => (F switch
    {
        "get" => new KeyValueCommand(KeyValueOperation.Get, Key),
        "put" => new KeyValueCommand(KeyValueOperation.Put, Key, Argument[0]),
        "append" => new KeyValueCommand(KeyValueOperation.Append, Key, Argument[0]),
        "cas" => new KeyValueCommand(KeyValueOperation.Cas, Key, Argument[1], Argument[0]),
        _ => throw new InvalidOperationException($"There is no operation {F}."),
    }).Encode();
}

/// <summary>How an operation ended.</summary>
/// <param name="Type">As the history has it: ok, fail or info.</param>
/// <param name="Value">What a get has read.</param>
/// <param name="Log">Where in the log it took effect, if that is known.</param>
/// <param name="Error">Why it is not ok.</param>
internal sealed record Completion(string Type, string Value = "", (Term Term, LogIndex Index)? Log = null, string? Error = null)
{
    public static Completion NotDone(string error) => new("fail", Error: error);

    public static Completion Unknown(string error) => new("info", Error: error);

    public static Completion Of(KeyValueResult result) => result.Outcome == KeyValueOutcome.Mismatch
        ? new Completion("fail", Log: (result.Term, result.Index), Error: "mismatch")
        : new Completion("ok", result.Value, (result.Term, result.Index));
}
