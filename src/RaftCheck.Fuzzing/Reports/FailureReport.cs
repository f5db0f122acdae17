using System.Globalization;
using System.Text;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Reports;

/// <summary>A failure as text for people: which property, the smallest scenario, the event table, the command that replays it.</summary>
public static class FailureReport
{
    /// <summary>The whole report.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="run">The run; it ended in a violation.</param>
    /// <param name="path">Where the failure was saved.</param>
    /// <param name="events">How many events of the end of the trace to show.</param>
    public static string Write(Scenario scenario, RunResult run, string path, int events)
    {
        ArgumentNullException.ThrowIfNull(run);
        var text = new StringBuilder();
        text.Append(run.Violation!.Property).Append(" was violated: ").Append(run.Violation.Message).Append("\n\n");
        text.Append("The smallest scenario found:\n").Append(Describe(scenario)).Append('\n');
        text.Append(EventTable(run, events)).Append('\n');
        text.Append("To have it again: raftcheck replay ").Append(path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path).Append('\n');
        return text.ToString();
    }

    /// <summary>A scenario, a line for each of its parts.</summary>
    /// <param name="scenario">The scenario.</param>
    public static string Describe(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var network = scenario.Network;
        var text = new StringBuilder();
        Line(text, $"  {scenario.Servers} servers, {scenario.Clients.Count(client => client.Operations.Count > 0)} clients with {scenario.OperationCount} operations, {scenario.Faults.Count} faults, {scenario.Operators.Count} requests of operators, {scenario.DurationMs} ms at the most");
        Line(text, $"  network: latency {network.LatencyMinMs} to {network.LatencyMaxMs} ms{PerMille("lost", network.LossPerMille)}{PerMille("twice", network.DuplicatePerMille)}{PerMille($"up to {network.StragglerMs} ms late", network.StragglerPerMille)}; a flush takes {scenario.Disk.FlushMinMs} to {scenario.Disk.FlushMaxMs} ms");
        Line(text, $"  election timeout {scenario.System.ElectionTimeoutMinMs} to {scenario.System.ElectionTimeoutMaxMs} ms, heartbeat {scenario.System.HeartbeatMs} ms, at most {scenario.System.MaxEntriesPerAppend} entries a message");
        if (Features(scenario.System) is { Length: > 0 } features)
        {
            Line(text, $"  {features}");
        }

        var events = scenario.Faults.Select(fault => (fault.AtMs, Text: FaultText.Describe(fault, scenario.Servers)))
            .Concat(scenario.Operators.Select(action => (action.AtMs, Text: $"operator: {action}")));
        foreach (var (atMs, what) in events.OrderBy(each => each.AtMs))
        {
            Line(text, $"  {atMs,5} ms  {what}");
        }

        for (var client = 0; client < scenario.Clients.Count; client++)
        {
            var operations = scenario.Clients[client].Operations.Select(operation => $"+{operation.AfterMs} ms {Describe(operation)}").ToArray();
            if (operations.Length > 0)
            {
                Line(text, $"  client {client}: {string.Join("; ", operations)}");
            }
        }

        return text.ToString();
    }

    /// <summary>The features that are switched on, and the limits that are not the usual ones.</summary>
    private static string Features(SystemSettings system)
    {
        var usual = new SystemSettings(1, 1, 1, 1, 1);
        string?[] features =
        [
            system.PreVote ? "pre-votes" : null,
            system.CheckQuorum ? "check quorum" : null,
            system.Reads != usual.Reads ? $"reads by {(system.Reads == ReadPath.Lease ? "lease" : "ReadIndex")}" : null,
            system.Spares > 0 ? $"{system.Spares} servers not members at first" : null,
            system.LowPriority > 0 ? "some servers would rather not lead" : null,
            system.SnapshotEntries > 0 ? $"a snapshot every {system.SnapshotEntries} entries, {system.SnapshotTrailingEntries} kept before it, in chunks of {system.SnapshotChunkBytes} bytes" : null,
            system.MaxInFlightAppends != usual.MaxInFlightAppends ? $"at most {system.MaxInFlightAppends} messages under way" : null,
            system.MaxUncommittedEntries != usual.MaxUncommittedEntries ? $"at most {system.MaxUncommittedEntries} entries under way" : null,
            system.MaxSessions != usual.MaxSessions ? $"at most {system.MaxSessions} sessions" : null,
            system.SessionTimeoutMs != usual.SessionTimeoutMs ? $"sessions end after {system.SessionTimeoutMs} ms" : null,
            system.WalSegmentBytes != usual.WalSegmentBytes ? $"segments of {system.WalSegmentBytes} bytes" : null,
        ];
        return string.Join("; ", features.Where(feature => feature is not null).Select(feature => string.Create(CultureInfo.InvariantCulture, $"{feature}")));
    }

    /// <summary>The events of a run, one a line, under a heading.</summary>
    /// <param name="run">The run.</param>
    /// <param name="events">How many of the end to show.</param>
    public static string EventTable(RunResult run, int events)
    {
        ArgumentNullException.ThrowIfNull(run);
        var first = Math.Max(0, run.Trace.Count - events);
        var text = new StringBuilder();
        Line(text, $"The last {run.Trace.Count - first} of {run.Trace.Count} events (virtual milliseconds, server, event, other server):");
        for (var i = first; i < run.Trace.Count; i++)
        {
            text.Append(RunText.TableLine(run.Trace[i], run.Describe)).Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(OperationPlan operation) =>
        (operation.Expected.Length > 0 ? $"{operation.F} {operation.Key} {operation.Expected} -> {operation.Value}" : $"{operation.F} {operation.Key} {operation.Value}").TrimEnd();

    private static string PerMille(string what, int perMille) =>
        perMille == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {perMille / 10.0:0.#} % {what}");

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
