using RaftCheck.Fuzzing.Failures;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli.Commands;

/// <summary>How <c>raftcheck check</c> shows why a history is not linearizable.</summary>
internal static class ExplanationReport
{
    // What an explanation may take, however much time there is: by then a reader wants to see something.
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(5);

    /// <summary>Explains a violation; null if there is nothing to explain, or no time or memory left for it.</summary>
    /// <param name="history">The history.</param>
    /// <param name="model">Its model.</param>
    /// <param name="result">What the check found.</param>
    /// <param name="options">The limits of the check.</param>
    /// <param name="elapsed">How much of them is used up.</param>
    /// <param name="ct">Gives the explanation up.</param>
    public static Explanation? Explain(History history, Model model, CheckResult result, CheckOptions options, TimeSpan elapsed, CancellationToken ct)
    {
        var left = options.Timeout - options.TimeSpent - elapsed ?? TimeMax;
        if (result.Verdict != Verdict.NotLinearizable || left <= TimeSpan.Zero)
        {
            return null;
        }

        try
        {
            return Explanation.Of(history, model, result, new ExplainOptions { CasFail = options.CasFail, Timeout = left < TimeMax ? left : TimeMax }, ct);
        }
        catch (Exception e) when (e is OperationCanceledException or OutOfMemoryException)
        {
            // The verdict stands without it.
            return null;
        }
    }

    /// <summary>The explanation as text: the sentence, the operations, and what holds all the same.</summary>
    public static void Print(Explanation explanation, TextWriter to)
    {
        to.WriteLine(explanation.Sentence);
        to.WriteLine(explanation.IsMinimal
            ? $"These contradict one another, and would not without any one of them ({explanation.Core.Count}):"
            : $"These contradict one another; there was no time to find out whether all of them are needed ({explanation.Core.Count}):");
        PrintOperations(explanation.Core, to);
        if (explanation.Context.Count > 0)
        {
            to.WriteLine("What they found was written by:");
            PrintOperations(explanation.Context, to);
        }

        to.WriteLine(explanation.StrongestLevel is { } level
            ? $"What holds all the same: {NameOf(level)}."
            : "No weaker level of consistency is known to hold.");
    }

    /// <summary>The explanation for a JSON document.</summary>
    public static object ToJson(Explanation explanation) => new
    {
        explanation.Sentence,
        explanation.IsMinimal,
        Breaking = explanation.Breaking?.ReturnIndex,
        Core = explanation.Core.Select(ToJson),
        Context = explanation.Context.Select(ToJson),
        LiteralCore = explanation.LiteralCore.Select(ToJson),
        Levels = explanation.Ladder.Select(level => new { Level = Names.Kebab(level.Level), Answer = Names.Kebab(level.Answer), level.K, level.Detail }),
        PartialLinearizations = explanation.PartialLinearizations.Count,
    };

    private static object ToJson(Operation operation) => new
    {
        Invoke = operation.InvokeIndex,
        Return = operation.ReturnIndex,
        operation.Process,
        Operation = operation.ToString(),
    };

    private static void PrintOperations(IReadOnlyList<Operation> operations, TextWriter to)
    {
        foreach (var operation in operations)
        {
            to.WriteLine($"  events {operation.InvokeIndex} to {operation.ReturnIndex?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}: {operation}");
        }
    }

    private static string NameOf(LevelResult level) => level.Level switch
    {
        ConsistencyLevel.KStale => $"reads are at most {level.K - 1} {(level.K == 2 ? "value" : "values")} late (k-stale with k = {level.K})",
        ConsistencyLevel.Sequential => "sequential consistency",
        ConsistencyLevel.Causal => "causal consistency",
        ConsistencyLevel.ReadYourWrites => "read your writes",
        _ => Names.Kebab(level.Level).Replace('-', ' '),
    };
}
