using System.Globalization;
using static RaftCheck.Linearizability.Situation;

namespace RaftCheck.Linearizability;

/// <summary>What can be said of a violation of any model.</summary>
internal static class GeneralSentence
{
    private const int StatesShown = 3;

    /// <summary>The sentence.</summary>
    public static string Say(Situation situation)
    {
        // The last of the core to return is the one that cannot be explained any more.
        Operation last = situation.Core.MaxBy(static judged => judged.Operation.ReturnIndex).Operation;
        bool gives = situation.Model.IsRead(last) || (situation.Model is SequenceModel sequence && !sequence.Puts(last.F));
        bool saysNothing = last.Output is null || last.Output.Equals(last.Input) || last.Output.IsNil;
        string returned = saysNothing && !gives ? "succeeded" : $"returned {Name(last.Output ?? Value.Nil)}";
        if (last.Completion == Completion.Fail) returned = "failed with a mismatch";
        int others = situation.Core.Count - 1;
        string against = others switch
        {
            0 => "which no order of any of the other operations explains",
            1 => $"which no order explains together with {Name(situation.Core.Find(judged => judged.Operation.Id != last.Id).Operation)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"which no order explains together with {others} other operations"),
        };
        return $"{Name(last)} {returned}, {against}{Before(situation, last)}.";
    }

    /// <summary>The state that it met, or if it may have met any of several, how many these are, or at least one of them.</summary>
    private static string Before(Situation situation, Operation last)
    {
        if (situation.Breaking?.Id != last.Id || situation.StatesBefore.Value is not PossibleStates possible) return "";
        if (situation.Partial.Any(partial => partial.Operations.Any(operation => operation.Id == last.Id))) return "";
        // An order may leave it to what is pending to make the operation possible; only what refuses it is spoken of.
        if (!possible.Found.All(state => Refuses(situation, last, state))) return "";
        // Some models speak of several states as of one that is a set of them.
        Value[] states = situation.Model is PowerSetModel
            ? [.. possible.Found.SelectMany(static state => state.Items.ToArray()).Distinct()]
            : [.. possible.Found];
        if (!possible.AreAll) return $": what had begun before leaves a state such as {Name(states[0])}, and no possible one allows it";
        if (states.Length == 1) return $": what had returned before leaves the state {Name(states[0])}, which does not allow it";
        string shown = states.Length <= StatesShown ? string.Join(" or ", states.Select(Name)) : $"such as {Name(states[0])}";
        return string.Create(CultureInfo.InvariantCulture, $": what had begun before leaves one of {states.Length} states, {shown}, and none of them allows it");
    }

    private static bool Refuses(Situation situation, Operation last, Value state)
    {
        JudgedOperation judged = situation.Part.Operations.Find(each => each.Operation.Id == last.Id);
        return situation.Model.Step(state, situation.CallOf(judged)) is null;
    }
}
