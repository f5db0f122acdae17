using System.Globalization;
using RaftCheck.Cli.Terminal;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli.Commands;

/// <summary>A history that was judged, and how to say what was found.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Recorded">The history.</param>
/// <param name="Model">The model.</param>
/// <param name="ModelName">The model's name, as it was asked for.</param>
/// <param name="Result">What was found; <see langword="null"/> when it was interrupted before.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record Judged(JudgeRequest Request, RecordedHistory Recorded, Model Model, string ModelName, CheckResult? Result, TimeSpan Elapsed)
{
    /// <summary>What the verdict makes of the program's exit code.</summary>
    public int ExitCode => Result?.Verdict switch
    {
        Verdict.Linearizable when IsAgainstLog => ExitCodes.Violation,
        Verdict.Linearizable => ExitCodes.NothingFound,
        Verdict.NotLinearizable => ExitCodes.Violation,
        _ => ExitCodes.Undecided,
    };

    /// <summary>Whether the history is linearizable, but not in the order of its own log.</summary>
    private bool IsAgainstLog => Result?.LogOrder?.Verdict == LogOrderVerdict.Contradicts;

    /// <summary>Why there is no order, if there is none and somebody asked.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>What the passing history would have told, if somebody asked.</summary>
    public VacuityScore? Vacuity { get; init; }

    /// <summary>Says what was found, and where the page about it is.</summary>
    /// <param name="json">Whether as one JSON document.</param>
    /// <param name="page">The page that was written, if one was.</param>
    public void Print(bool json, string? page)
    {
        if (Result is null)
        {
            PrintUndecided(Request, json, "interrupted");
        }
        else if (json)
        {
            PrintJson(Result, page);
        }
        else
        {
            PrintText(Result, page);
        }
    }

    /// <summary>Says that there is no verdict, because the work ended early.</summary>
    public static void PrintUndecided(JudgeRequest request, bool json, string reason)
    {
        if (json)
        {
            JsonOutput.Print(new { Verdict = Names.Kebab(Verdict.Undecided), request.File, Explanation = reason });
        }

        Console.Error.WriteLine($"raftcheck: no verdict: {reason}.");
    }

    private void PrintJson(CheckResult result, string? page)
    {
        JsonOutput.Print(new
        {
            Verdict = Names.Kebab(result.Verdict),
            Request.File,
            Recorded.Format,
            Model = ModelName,
            Operations = Recorded.History.Operations.Count,
            result.Partition,
            FirstNonLinearizable = result.FirstNonLinearizable?.ReturnIndex,
            result.Explanation,
            result.Methods,
            result.StatesExplored,
            LogOrder = result.LogOrder is { } order ? new { Verdict = Names.Kebab(order.Verdict), Operation = order.Operation?.ReturnIndex, Other = order.Other?.ReturnIndex, order.Explanation } : null,
            Vacuity,
            Why = Explanation is null ? null : ExplanationReport.ToJson(Explanation),
            Milliseconds = Elapsed.TotalMilliseconds,
            Page = page,
        });
    }

    private void PrintText(CheckResult result, string? page)
    {
        Console.Out.WriteLine($"{Names.Kebab(result.Verdict).Replace('-', ' ')}{(IsAgainstLog ? ", but not in the order of its log" : "")}: {Request.File} ({Recorded.History.Operations.Count} operations, model {ModelName}, {Recorded.Format})");
        if (Explanation is not null)
        {
            ExplanationReport.Print(Explanation, Console.Out);
        }

        Console.Out.WriteLine(result.Explanation);
        if (result.FirstNonLinearizable is { } operation)
        {
            Console.Out.WriteLine($"First operation that can't be linearized: event {operation.ReturnIndex}: {operation}");
        }

        if (result.LogOrder is { } order)
        {
            Console.Out.WriteLine(order.Explanation);
        }

        Console.Out.WriteLine($"{string.Join(" and ", result.Methods.DefaultIfEmpty("nothing to judge"))}: {result.StatesExplored:N0} configurations in {Elapsed.TotalMilliseconds:N1} ms");
        if (Vacuity is { } score)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Vacuity: {score.Replies:N0} replies changed, one at a time: {100 * score.RefusedShare:0.0} % refused{(result.LogOrder is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {100 * score.RefusedShareWithLog:0.0} % with the order of the log"))}"));
        }

        if (page is not null)
        {
            Console.Out.WriteLine($"Page: {page}");
        }
    }
}
