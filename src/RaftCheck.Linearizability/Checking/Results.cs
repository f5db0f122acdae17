using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>Results, each with its sentence.</summary>
internal static class Results
{
    /// <summary>A pass.</summary>
    public static CheckResult Linearizable(Model model, Linearization[] orders, Budget budget)
    {
        int placed = orders.Sum(static order => order.Operations.Count);
        string keys = orders.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $", in {orders.Length} parts,") : "";
        return new CheckResult
        {
            Verdict = Verdict.Linearizable,
            Linearization = orders,
            StatesExplored = budget.StatesExplored,
            Explanation = placed == 0
                ? "There is nothing to explain: no operation completed."
                : string.Create(CultureInfo.InvariantCulture, $"An order of {Count(placed)}{keys} explains every result, by the model '{model.Name}'."),
        };
    }

    /// <summary>A violation.</summary>
    public static CheckResult NotLinearizable(Model model, Part part, Search search, Budget budget)
    {
        Operation blocked = search.Blocked!;
        Operation[] prefix = search.Order(found: false);
        string events = string.Create(CultureInfo.InvariantCulture, $"events {blocked.InvokeIndex} to {blocked.ReturnIndex}");
        string state = OneLine.Shorten(search.StateAfterBest.ToString());
        return new CheckResult
        {
            Verdict = Verdict.NotLinearizable,
            Partition = part.Name,
            FirstNonLinearizable = blocked,
            LongestPrefix = prefix,
            StateAfterPrefix = search.StateAfterBest,
            StatesExplored = budget.StatesExplored,
            Explanation = $"{Where(part)}no order explains '{Describe(blocked)}' ({events}) together with all that returned "
                + $"before it: the longest order that fits has {Count(prefix.Length)} and ends with the state {state}, "
                + $"by the model '{model.Name}'.",
        };
    }

    /// <summary>Neither.</summary>
    public static CheckResult Undecided(Part part, SearchEnd end, CheckOptions options, Budget budget)
    {
        string limit = end switch
        {
            SearchEnd.OutOfMemory when options.MemoryLimitBytes is long bytes =>
                string.Create(CultureInfo.InvariantCulture, $"its memory limit of {bytes} bytes"),
            SearchEnd.OutOfMemory => "the memory that arrays can have",
            SearchEnd.OutOfStates => string.Create(CultureInfo.InvariantCulture, $"its limit of {options.MaxStates} configurations"),
            _ => string.Create(CultureInfo.InvariantCulture, $"its time limit of {options.Timeout?.TotalSeconds} s"),
        };
        return new CheckResult
        {
            Verdict = Verdict.Undecided,
            Partition = part.Name,
            StatesExplored = budget.StatesExplored,
            Explanation = $"{Where(part)}the check reached {limit} before it could tell ({Count(part.Operations.Count)} to explain).",
        };
    }

    private static string Where(Part part) =>
        part.Name is null ? "" : $"Key {OneLine.Shorten(ValuePrinter.Quote(part.Name))}: ";

    private static string Describe(Operation operation)
    {
        string text = OneLine.Of(operation.ToString());
        return text.Length <= 160 ? text : string.Concat(text.AsSpan(0, 160), "…");
    }

    private static string Count(int operations) =>
        operations == 1 ? "1 operation" : string.Create(CultureInfo.InvariantCulture, $"{operations} operations");
}
