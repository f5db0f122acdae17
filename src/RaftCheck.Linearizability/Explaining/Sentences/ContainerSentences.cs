using System.Globalization;
using static RaftCheck.Linearizability.Situation;

namespace RaftCheck.Linearizability;

/// <summary>What can be wrong with a queue, a stack or a priority queue.</summary>
internal static class ContainerSentences
{
    /// <summary>The sentence; <see langword="null"/> if none of these is what is wrong.</summary>
    public static string? Say(Situation situation) =>
        situation.Model is SequenceModel model ? new Facts(situation, model).Say() : null;

    private sealed class Facts(Situation situation, SequenceModel model)
    {
        private readonly List<JudgedOperation> _all = situation.Part.Operations;

        public string? Say()
        {
            foreach (JudgedOperation take in situation.Core.AsEnumerable().Reverse())
            {
                if (!take.IsCompleted || model.Puts(take.Operation.F)) continue;
                Value taken = take.Operation.Output ?? Value.Nil;
                bool isUnknown = taken.IsNil && situation.History.NilReads == NilRead.Unconstrained;
                string? sentence = isUnknown ? null : taken.IsNil ? Empty(take) : Foreign(take, taken) ?? Again(take, taken) ?? Overtaken(take, taken);
                if (sentence is not null) return sentence;
            }

            return null;
        }

        private string? Foreign(JudgedOperation take, Value taken)
        {
            if (IsInitial(taken)) return null;
            JudgedOperation[] puts = PutsOf(taken);
            if (puts.Length == 0) return $"{Name(take.Operation)} returned {Name(taken)}, which nobody had put in.";
            return puts.All(put => put.Operation.InvokeIndex > take.Operation.ReturnIndex)
                ? $"{Name(take.Operation)} returned {Name(taken)} before {Name(puts[0].Operation)} had begun to put it in."
                : null;
        }

        private string? Again(JudgedOperation take, Value taken)
        {
            JudgedOperation[] takes = [.. TakesOf(taken)];
            int puts = PutsOf(taken).Length + Initially(taken);
            if (takes.Length <= puts) return null;
            JudgedOperation other = Array.Find(takes, each => each.Operation.Id != take.Operation.Id);
            string times = puts == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{puts} times");
            return takes.Length == 2
                ? $"{Name(taken)} was put in {times} and taken out twice, by {Name(other.Operation)} and by {Name(take.Operation)}."
                : string.Create(CultureInfo.InvariantCulture, $"{Name(taken)} was put in {times} and taken out {takes.Length} times, by {Name(take.Operation)} among others.");
        }

        private string? Overtaken(JudgedOperation take, Value taken)
        {
            JudgedOperation[] puts = PutsOf(taken);
            if (puts.Length != 1 || IsInitial(taken) || model.Order == TakeOrder.Last) return null;
            foreach (JudgedOperation put in situation.Core)
            {
                Value earlier = put.Operation.Input;
                bool goesFirst = model.Order == TakeOrder.First
                    ? Precedes(put, puts[0].Operation)
                    : ValueOrder.Comparer.Compare(earlier, taken) < 0 && Precedes(put, take.Operation);
                if (!model.Puts(put.Operation.F) || !goesFirst || !IsStillThere(earlier, take.Operation)) continue;
                return model.Order == TakeOrder.First
                    ? $"{Name(take.Operation)} returned {Name(taken)}, though {Name(earlier)} had been put in before it, by {Name(put.Operation)}, and was not taken out before."
                    : $"{Name(take.Operation)} returned {Name(taken)}, though {Name(earlier)}, which is smaller, had been put in by {Name(put.Operation)} and was not taken out before.";
            }

            return null;
        }

        private string? Empty(JudgedOperation take)
        {
            foreach (JudgedOperation put in situation.Core)
            {
                if (!model.Puts(put.Operation.F) || !Precedes(put, take.Operation) || !IsStillThere(put.Operation.Input, take.Operation)) continue;
                return $"{Name(take.Operation)} found nothing to take, though {Name(put.Operation)} had been acknowledged before it began, and nobody had taken that out.";
            }

            return null;
        }

        /// <summary>Whether an element, put in once, cannot have been taken out when an operation ended.</summary>
        private bool IsStillThere(Value element, Operation until) =>
            PutsOf(element).Length == 1 && !IsInitial(element) && !_all.Exists(each =>
                !model.Puts(each.Operation.F) && each.Operation.Id != until.Id && each.Operation.InvokeIndex < until.ReturnIndex
                && (!each.IsCompleted || (each.Operation.Output ?? Value.Nil) is var output && (output.Equals(element) || (output.IsNil && situation.History.NilReads == NilRead.Unconstrained))));

        private JudgedOperation[] PutsOf(Value element) => [.. _all.Where(each => model.Puts(each.Operation.F) && each.Operation.Input.Equals(element))];

        private IEnumerable<JudgedOperation> TakesOf(Value element) => situation.Core.Where(each => each.IsCompleted && !model.Puts(each.Operation.F) && element.Equals(each.Operation.Output));

        private bool IsInitial(Value element) => Initially(element) > 0;

        private int Initially(Value element) => model.Initial.Items.ToArray().Count(element.Equals);
    }
}
