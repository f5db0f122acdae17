using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>Results, each with its sentence.</summary>
internal static class Results
{
    /// <summary>A pass.</summary>
    public static CheckResult Linearizable(Model model, Linearization[] orders)
    {
        int placed = orders.Sum(static order => order.Operations.Count);
        string keys = orders.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $", in {orders.Length} parts,") : "";
        return new CheckResult
        {
            Verdict = Verdict.Linearizable,
            Linearization = orders,
            StatesExplored = 0,
            Explanation = placed == 0
                ? "There is nothing to explain: no operation completed."
                : string.Create(CultureInfo.InvariantCulture, $"An order of {Count(placed)}{keys} explains every result, by the model '{model.Name}'."),
        };
    }

    /// <summary>A violation.</summary>
    public static CheckResult NotLinearizable(Model model, Judgement judgement) => new()
    {
        Verdict = Verdict.NotLinearizable,
        Partition = judgement.Part.Name,
        FirstNonLinearizable = judgement.Blocked,
        LongestPrefix = judgement.Order,
        StateAfterPrefix = judgement.StateAfter,
        Culprits = judgement.Culprits,
        StatesExplored = 0,
        Explanation = Sentence(judgement.Part, $"{WhatIsWrong(judgement)}, by the model '{model.Name}'."),
    };

    private static string WhatIsWrong(Judgement judgement)
    {
        if (judgement.Blocked is not Operation blocked)
            return $"no order explains the results of its {Count(judgement.Part.Operations.Count)}";
        string events = string.Create(CultureInfo.InvariantCulture, $"events {blocked.InvokeIndex} to {blocked.ReturnIndex}");
        string state = OneLine.Shorten((judgement.StateAfter ?? Value.Nil).ToString());
        return $"no order explains '{Describe(blocked)}' ({events}) together with all that returned "
            + $"before it: the longest order that fits has {Count(judgement.Order.Length)} and ends with the state {state}";
    }

    /// <summary>Neither: the time was up before the operations were sorted into parts.</summary>
    public static CheckResult NotBegun(CheckOptions options) => new()
    {
        Verdict = Verdict.Undecided,
        StatesExplored = 0,
        Explanation = string.Create(CultureInfo.InvariantCulture, $"The check reached its time limit of {options.Timeout?.TotalSeconds} s before it had begun."),
    };

    /// <summary>Neither.</summary>
    /// <param name="judgement">The part that could not be decided.</param>
    /// <param name="options">The limits.</param>
    /// <param name="ordinal">Which of the parts it is, from 1.</param>
    /// <param name="parts">How many parts there are.</param>
    public static CheckResult Undecided(Judgement judgement, CheckOptions options, int ordinal, int parts)
    {
        string limit = judgement.End switch
        {
            SearchEnd.OutOfMemory when options.MemoryLimitBytes is long bytes =>
                string.Create(CultureInfo.InvariantCulture, $"the end of the {bytes:N0} bytes of memory that it may use"),
            SearchEnd.OutOfMemory => "the memory that arrays can have",
            SearchEnd.OutOfStates => string.Create(CultureInfo.InvariantCulture, $"its limit of {options.MaxStates} configurations"),
            _ => string.Create(CultureInfo.InvariantCulture, $"its time limit of {options.Timeout?.TotalSeconds} s"),
        };
        int completed = judgement.Part.Operations.Count(static judged => judged.IsCompleted);
        string which = parts > 1 ? string.Create(CultureInfo.InvariantCulture, $" in part {ordinal} of {parts}") : "";
        return new CheckResult
        {
            Verdict = Verdict.Undecided,
            Partition = judgement.Part.Name,
            StatesExplored = 0,
            Explanation = Sentence(judgement.Part, $"the check reached {limit} before it could tell. It got as far as "
                + string.Create(CultureInfo.InvariantCulture, $"return {judgement.Placed} of {completed}{which}.")),
        };
    }

    /// <summary>That nothing contradicts the log.</summary>
    public static LogOrder LogExplains { get; } = new(LogOrderVerdict.Explains, null, null, "The order of the log explains every result.");

    /// <summary>That a part's operations are not explained in the order of the log, or that this could not be told.</summary>
    public static LogOrder LogOrder(Judgement judgement)
    {
        if (judgement.End != SearchEnd.Exhausted)
            return new LogOrder(LogOrderVerdict.Undecided, null, null, Sentence(judgement.Part, $"there are too many operations without a position in the log to tell whether its order explains the results."));
        if (judgement.Blocked is not Operation blocked)
            return new LogOrder(LogOrderVerdict.Contradicts, null, null, Sentence(judgement.Part, "the order of the log does not explain the results."));
        string state = OneLine.Shorten((judgement.StateAfter ?? Value.Nil).ToString());
        return new LogOrder(LogOrderVerdict.Contradicts, blocked, null, Sentence(judgement.Part, string.Create(
            CultureInfo.InvariantCulture,
            $"the order of the log does not explain '{Describe(blocked)}' (events {blocked.InvokeIndex} to {blocked.ReturnIndex}): after what stands before it the state is {state}.")));
    }

    /// <summary>A sentence about a part: it starts with the part's key, or else with a capital.</summary>
    private static string Sentence(Part part, string text) => part.Name is null
        ? char.ToUpperInvariant(text[0]) + text[1..]
        : $"Key {OneLine.Shorten(ValuePrinter.Quote(part.Name))}: {text}";

    /// <summary>An operation in a sentence.</summary>
    public static string Describe(Operation operation)
    {
        string text = OneLine.Of(operation.ToString());
        return text.Length <= 160 ? text : string.Concat(text.AsSpan(0, 160), "…");
    }

    private static string Count(int operations) =>
        operations == 1 ? "1 operation" : string.Create(CultureInfo.InvariantCulture, $"{operations} operations");
}
