using static RaftCheck.Linearizability.Situation;

namespace RaftCheck.Linearizability;

/// <summary>What can be wrong with a lock.</summary>
internal static class LockSentences
{
    /// <summary>The sentence; <see langword="null"/> if none of these is what is wrong.</summary>
    public static string? Say(Situation situation)
    {
        if (situation.Model is not (MutexModel or OwnedMutexModel)) return null;
        return Twice(situation, "acquire", "release", situation.Model.DistinguishesProcesses) ?? (situation.Model is MutexModel ? Twice(situation, "release", "acquire", false) : null) ?? Fence(situation);
    }

    /// <summary>Two of a kind, and none of the other kind that can have come between.</summary>
    private static string? Twice(Situation situation, string f, string opposite, bool differentProcesses)
    {
        foreach (JudgedOperation second in situation.Core.AsEnumerable().Reverse())
        {
            foreach (JudgedOperation first in situation.Core)
            {
                if (first.Operation.F != f || second.Operation.F != f || !Precedes(first, second.Operation)) continue;
                if (differentProcesses && first.Operation.Process == second.Operation.Process) continue;
                if (situation.Part.Operations.Exists(each => each.Operation.F == opposite && MayFallBetween(each, first.Operation, second.Operation))) continue;
                return f == "acquire"
                    ? $"The lock was held twice: {Name(second.Operation)} got it though {Name(first.Operation)} had got it before that began, and no release can have come between."
                    : $"The lock was released twice: {Name(second.Operation)} succeeded though {Name(first.Operation)} had released it before that began, and no acquire can have come between.";
            }
        }

        return null;
    }

    private static string? Fence(Situation situation)
    {
        foreach (JudgedOperation second in situation.Core)
        {
            foreach (JudgedOperation first in situation.Core)
            {
                if (!Precedes(first, second.Operation) || first.Operation.Output is not { Kind: ValueKind.Integer } before || second.Operation.Output is not { Kind: ValueKind.Integer } after) continue;
                if (first.Operation.F != "acquire" || second.Operation.F != "acquire" || after.AsInteger > before.AsInteger || situation.Model is not OwnedMutexModel { HasFence: true }) continue;
                return $"{Name(second.Operation)} was given the token {Name(after)}, which is not greater than {Name(before)}, which {Name(first.Operation)} had been given before it began.";
            }
        }

        return null;
    }
}
