namespace RaftCheck.Linearizability.Tests;

/// <summary>Small random histories of any model, about half of them violations.</summary>
internal static class RandomHistory
{
    public static History Play(string model, int seed)
    {
        var random = new Random(seed);
        int operations = 4 + (seed % 5);
        if (model is "register" or "cas-register" or "kv" && seed % 2 == 0) return RandomRegister.Play(random, model, operations, 3);
        if (model is not ("register" or "cas-register" or "kv" or "multi-register" or "mutex")) return ObjectScript.Play(model, random, operations);
        return HistoryScript.Play(model, [.. Enumerable.Range(0, 20).Select(_ => random.Next())], NilRead.Observed, operations);
    }
}
