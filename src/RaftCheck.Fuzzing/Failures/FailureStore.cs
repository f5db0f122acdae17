using System.Globalization;
using System.Text;
using System.Text.Json;
using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Failures;

/// <summary>Writes failures, each into a folder of its own, and reads them back.</summary>
public static class FailureStore
{
    /// <summary>The file that a failure's folder is read by.</summary>
    public const string FileName = "failure.json";

    /// <summary>Saves a failure. The folder appears whole or not at all, and none is ever overwritten.</summary>
    /// <param name="directory">The folder that gets a new folder; created if it is not there.</param>
    /// <param name="date">The day, for the folder's name.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="choice">The scheduler.</param>
    /// <param name="scheduleSeed">The seed of the schedule.</param>
    /// <param name="run">The run; it ended in a violation.</param>
    /// <param name="commandLine">The command line that found it.</param>
    /// <returns>The new folder; or the one that was there, if this very failure had been saved before.</returns>
    /// <exception cref="IOException">The folder could not be written.</exception>
    public static string Save(string directory, DateOnly date, Scenario scenario, SchedulerChoice choice, int scheduleSeed, RunResult run, string commandLine)
    {
        ArgumentNullException.ThrowIfNull(run);
        var violation = run.Violation ?? throw new ArgumentException("The run ended without a violation.", nameof(run));
        var history = RunText.History(run);
        var trace = RunText.Trace(run);
        var failure = new FailureFile
        {
            Property = violation.Property,
            Message = violation.Message,
            TimeUs = violation.TimeUs,
            Scheduler = choice,
            ScheduleSeed = scheduleSeed,
            CoyoteTrace = run.CoyoteTrace,
            BuildHash = BuildHash.Current,
            CommandLine = commandLine,
            HistorySha256 = RunText.Sha256(history),
            TraceSha256 = RunText.Sha256(trace),
            Scenario = scenario,
        };
        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(failure, StrictJson.Options) + "\n");
        var name = string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd}-{Slug(violation.Property)}-{RunText.Sha256(json)[..8]}");
        var path = Path.Combine(directory, name);
        if (Directory.Exists(path))
        {
            return path;
        }

        Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, $".{name}.{Environment.ProcessId}.tmp");
        Directory.CreateDirectory(temporary);
        File.WriteAllBytes(Path.Combine(temporary, FileName), json);
        File.WriteAllBytes(Path.Combine(temporary, "history.jsonl"), history);
        File.WriteAllBytes(Path.Combine(temporary, "trace.jsonl"), trace);
        Directory.Move(temporary, path);
        return path;
    }

    /// <summary>Reads a failure.</summary>
    /// <param name="path">Its folder, or the <c>failure.json</c> in it.</param>
    /// <exception cref="InputException">There is none, or it can't be used; the message says why.</exception>
    public static FailureFile Load(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        string json;
        try
        {
            json = File.ReadAllText(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException or ArgumentException)
        {
            throw InputException.Unreadable(file, e);
        }

        RequireFormat(json, file);
        var failure = StrictJson.Parse<FailureFile>(json, file);
        ScenarioJson.Require(failure.Scenario, file);
        if (failure.Scheduler.FindProblem() is { } problem)
        {
            throw new InputException($"{file}: {problem}");
        }

        if (failure.Scheduler.IsCoyote && !IsJsonObject(failure.CoyoteTrace))
        {
            throw new InputException($"{file}: a failure under Coyote needs its coyoteTrace, which is JSON as a string.");
        }

        return failure;
    }

    /// <summary>Looks at the format and version by themselves: a newer version may have fields that this build does not know.</summary>
    private static void RequireFormat(string json, string file)
    {
        var header = ParseHeader(json, file);
        if (header.ValueKind != JsonValueKind.Object
            || !header.TryGetProperty("format", out var format)
            || format.ValueKind != JsonValueKind.String
            || !format.ValueEquals(FailureFile.FormatName))
        {
            throw new InputException($"{file}:1:1: this is not a failure file: its \"format\" is not \"{FailureFile.FormatName}\".");
        }

        if (!header.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number < 1)
        {
            throw new InputException($"{file}: the failure file has no \"version\".");
        }

        if (number > FailureFile.CurrentVersion)
        {
            throw new InputException($"{file}: the failure file is of format version {number}; this build reads up to version {FailureFile.CurrentVersion}. Use a newer raftcheck.");
        }
    }

    private static JsonElement ParseHeader(string json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // The typed reader says where and why.
            _ = StrictJson.Parse<FailureFile>(json, file);
            throw;
        }
    }

    private static bool IsJsonObject(string? text)
    {
        try
        {
            using var document = JsonDocument.Parse(text ?? "");
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Slug(string property) =>
        string.Concat(property.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
}
