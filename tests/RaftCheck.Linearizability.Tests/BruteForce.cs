using System.Collections.Immutable;

namespace RaftCheck.Linearizability.Tests;

/// <summary>
/// The definition of linearizability, tried out: every order of the operations that respects real time, with every
/// choice of which indeterminate operations took effect. It shares no code with the checker: the objects are written
/// down once more, over plain strings, and a map is judged as one object and not key by key.
/// </summary>
internal static class BruteForce
{
    public static bool IsLinearizable(History history, string model, CasFail casFail)
    {
        Operation[] operations = [.. history.Operations.Where(operation =>
            operation.Completion != Completion.Fail || SawMismatch(operation, model, casFail))];
        ImmutableDictionary<string, string> start = ImmutableDictionary<string, string>.Empty;
        return AnyOrder([.. operations], start, model, history.NilReads);
    }

    private static bool AnyOrder(
        ImmutableList<Operation> left, ImmutableDictionary<string, string> state, string model, NilRead nilReads)
    {
        if (left.All(operation => operation.IsIndeterminate)) return true;
        foreach (Operation next in left)
        {
            bool mustWait = left.Any(other => !other.IsIndeterminate && other.ReturnIndex < next.InvokeIndex);
            if (mustWait || Apply(state, next, model, nilReads) is not { } after) continue;
            if (AnyOrder(left.Remove(next), after, model, nilReads)) return true;
        }

        return false;
    }

    private static bool SawMismatch(Operation operation, string model, CasFail casFail) =>
        model is "kv" or "cas-register" && operation.F == "cas" && (casFail == CasFail.SeenToMismatch || operation.Error == "mismatch");

    private static ImmutableDictionary<string, string>? Apply(
        ImmutableDictionary<string, string> state, Operation operation, string model, NilRead nilReads)
    {
        string key = operation.Key ?? "";
        string held = state.GetValueOrDefault(key, model == "kv" ? "\"\"" : "nil");
        string input = operation.Input.ToString();
        bool unknown = operation.IsIndeterminate;
        switch (operation.F)
        {
            case "read" or "get":
                return Fits(held, operation.Output, unknown, nilReads) ? state : null;
            case "write" or "put":
                return state.SetItem(key, input);
            case "append":
                return state.SetItem(key, held[..^1] + input[1..]);
            case "delete":
                return state.SetItem(key, "\"\"");
            case "cas":
                bool matches = held == operation.Input.Items[0].ToString();
                if (operation.Completion == Completion.Fail) return matches ? null : state;
                if (matches) return state.SetItem(key, operation.Input.Items[1].ToString());
                return unknown ? state : null;
            case "acquire":
                return held == "nil" ? state.SetItem(key, "held") : null;
            case "release":
                return held == "held" ? state.SetItem(key, "nil") : null;
            default:
                return ApplyTransaction(state, operation, unknown, nilReads);
        }
    }

    private static ImmutableDictionary<string, string>? ApplyTransaction(
        ImmutableDictionary<string, string> state, Operation operation, bool unknown, NilRead nilReads)
    {
        foreach (Value micro in (operation.Output ?? operation.Input).Items)
        {
            string register = micro.Items[1].AsText;
            if (micro.Items[0].AsText == "write") state = state.SetItem(register, micro.Items[2].ToString());
            else if (!Fits(state.GetValueOrDefault(register, "nil"), micro.Items[2], unknown, nilReads)) return null;
        }

        return state;
    }

    private static bool Fits(string held, Value? read, bool unknown, NilRead nilReads)
    {
        if (unknown || read is null) return true;
        if (read.IsNil && nilReads == NilRead.Unconstrained) return true;
        return held == read.ToString() || (read.IsNil && held == "\"\"");
    }
}
