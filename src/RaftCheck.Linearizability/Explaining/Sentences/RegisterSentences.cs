using static RaftCheck.Linearizability.Situation;

namespace RaftCheck.Linearizability;

/// <summary>What can be wrong with a value that is replaced as a whole.</summary>
internal static class RegisterSentences
{
    /// <summary>The sentence; <see langword="null"/> if none of these is what is wrong.</summary>
    public static string? Say(Situation situation)
    {
        if (situation.Model is not IRegisterLike register) return null;
        RegisterView[] all = [.. situation.Part.Operations.Select(judged => new RegisterView(judged, register.AsRegisterCall(situation.CallOf(judged))))];
        // What appends leave behind is for others to judge.
        if (all.Any(static view => view.Call.Kind == RegisterCallKind.Other)) return null;
        var ids = situation.Core.Select(static judged => judged.Operation.Id).ToHashSet();
        RegisterView[] core = [.. all.Where(view => ids.Contains(view.Operation.Id))];
        var facts = new RegisterFacts(situation, all, core);
        return facts.NeverWritten() ?? facts.Stale(isProven: false) ?? facts.OppositeOrders() ?? facts.TwiceSwapped() ?? facts.Stale(isProven: true);
    }

    private sealed class RegisterFacts(Situation situation, RegisterView[] all, RegisterView[] core)
    {
        // The last to be called is the one that a reader will look at.
        private IEnumerable<RegisterView> Finders => core.Where(static view => view.Finds).Reverse();

        public string? NeverWritten()
        {
            foreach (RegisterView finder in Finders)
            {
                Value found = finder.Call.Expected;
                RegisterView[] writers = WritersOf(found, finder);
                if (found.Equals(situation.Model.Initial) || writers.Any(writer => writer.Operation.InvokeIndex < finder.Operation.ReturnIndex)) continue;
                if (writers.Length > 0)
                    return $"{What(finder)}, which nobody had begun to write yet: the first to write it was {Name(writers[0].Operation)}.";
                Operation? failed = FailedWriterOf(found);
                return failed is null
                    ? $"{What(finder)}, which nobody wrote."
                    : $"{What(finder)}, which nobody wrote: {Name(failed)} was to, but failed.";
            }

            return null;
        }

        /// <summary>Something newer was there before it began.</summary>
        /// <param name="isProven">
        /// Whether to rely on the core alone, whose other operations leave no order in which the value is there again; not
        /// only on who wrote it when.
        /// </param>
        public string? Stale(bool isProven)
        {
            foreach (RegisterView finder in Finders)
            {
                foreach (RegisterView evidence in core.Reverse())
                {
                    if (evidence.Leaves is not Value newer || newer.Equals(finder.Call.Expected) || !Precedes(evidence.Judged, finder.Operation)) continue;
                    if (!isProven && !IsOverBy(evidence, finder)) continue;
                    string why = evidence.Call.Kind == RegisterCallKind.Read
                        ? $"{Name(evidence.Operation)} had already returned {Name(newer)}"
                        : $"{Name(newer)} had been written by {Name(evidence.Operation)} and acknowledged";
                    string others = core.Length switch { 2 => "", 3 => ", as one more operation shows,", _ => ", as others show," };
                    string back = isProven ? $"{others} nothing can have brought back" : " nothing wrote";
                    return $"{What(finder)}, but {why} before it began, and{back} {Name(finder.Call.Expected)} after that.";
                }
            }

            return null;
        }

        public string? OppositeOrders()
        {
            foreach (RegisterView first in core)
            {
                foreach (RegisterView second in core)
                {
                    if (!first.Finds || !second.Finds || first.Call.Expected.Equals(second.Call.Expected) || !Precedes(first.Judged, second.Operation)) continue;
                    if (!IsThereOnce(first.Call.Expected) || !IsThereOnce(second.Call.Expected)) continue;
                    foreach (RegisterView third in core)
                    {
                        RegisterView? fourth = core.FirstOrDefault(view => view.Finds && view.Call.Expected.Equals(first.Call.Expected) && Precedes(third.Judged, view.Operation));
                        if (!third.Finds || !third.Call.Expected.Equals(second.Call.Expected) || fourth is null) continue;
                        return $"{Name(first.Operation)} and then {Name(second.Operation)} found {Name(first.Call.Expected)} before {Name(second.Call.Expected)}, "
                            + $"but {Name(third.Operation)} and then {Name(fourth.Operation)} found them the other way round, and each was there only once.";
                    }
                }
            }

            return null;
        }

        public string? TwiceSwapped()
        {
            RegisterView[] swaps = [.. core.Where(static view => view.Judged.IsCompleted && view.Call.Kind == RegisterCallKind.Swap)];
            for (int i = 0; i < swaps.Length; i++)
            {
                RegisterView? other = Array.Find(swaps[..i], swap => swap.Call.Expected.Equals(swaps[i].Call.Expected));
                if (other is null || !IsThereOnce(swaps[i].Call.Expected)) continue;
                return $"{Name(other.Operation)} and {Name(swaps[i].Operation)} both swapped {Name(swaps[i].Call.Expected)} for another value, but it was there only once.";
            }

            return null;
        }

        private static string What(RegisterView finder) => finder.Call.Kind == RegisterCallKind.Swap || finder.Operation.F == "cas"
            ? $"{Name(finder.Operation)} succeeded and so found {Name(finder.Call.Expected)}"
            : $"{Name(finder.Operation)} returned {Name(finder.Call.Expected)}";

        /// <summary>Whether the value that was found cannot have been there any more, or come back, once the evidence was there.</summary>
        private bool IsOverBy(RegisterView evidence, RegisterView finder)
        {
            Value found = finder.Call.Expected;
            RegisterView[] writers = WritersOf(found, finder);
            if (!writers.Any(writer => MayFallBetween(writer.Judged, evidence.Operation, finder.Operation))) return true;
            // It came up only once, and that was seen before.
            return IsThereOnce(found) && core.Any(view => view.Finds && view.Call.Expected.Equals(found) && Precedes(view.Judged, evidence.Operation));
        }

        private bool IsThereOnce(Value value) =>
            WritersOf(value, null).Length + (value.Equals(situation.Model.Initial) ? 1 : 0) <= 1;

        private RegisterView[] WritersOf(Value value, RegisterView? except) =>
            [.. all.Where(view => view != except && view.Call.Kind is RegisterCallKind.Write or RegisterCallKind.Swap && view.Call.Written.Equals(value))];

        private Operation? FailedWriterOf(Value value) => situation.History.Operations.FirstOrDefault(operation =>
            operation.Completion == Completion.Fail
            && string.Equals(situation.Model.PartOf(operation), situation.Part.Name, StringComparison.Ordinal)
            && ((IRegisterLike)situation.Model).AsRegisterCall(situation.CallOf(new JudgedOperation(operation, CallOutcome.Unknown))) is { Kind: RegisterCallKind.Write or RegisterCallKind.Swap } call
            && call.Written.Equals(value));
    }
}

/// <summary>An operation in the words of a register.</summary>
internal sealed record RegisterView(JudgedOperation Judged, RegisterCall Call)
{
    /// <summary>The operation.</summary>
    public Operation Operation => Judged.Operation;

    /// <summary>Whether it is known to have found a value.</summary>
    public bool Finds => Judged.IsCompleted && Call.Kind is RegisterCallKind.Read or RegisterCallKind.Swap;

    /// <summary>The value that was there when it had taken effect, if that is known.</summary>
    public Value? Leaves => !Judged.IsCompleted ? null : Call.Kind switch
    {
        RegisterCallKind.Read => Call.Expected,
        RegisterCallKind.Write or RegisterCallKind.Swap => Call.Written,
        _ => null,
    };
}
