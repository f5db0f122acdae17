using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using RaftCheck.Raft.Diagnostics;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Diagnostics;

/// <summary>Proves that the document lists exactly the metrics and events that there are, and each field of a status.</summary>
public class ObservabilityDocumentTests
{
    private static readonly SnapshotMetadata Snapshot = new(new(5), new(2), ClusterConfiguration.Of([Server(0)]), default, default);

    [Fact]
    public void The_document_lists_every_metric_with_its_unit()
    {
        var inCode = new List<string>();
        using var meter = new Meter(RaftMetrics.MeterName);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (i, _) =>
        {
            if (ReferenceEquals(i.Meter, meter))
            {
                inCode.Add($"{i.Name} {i.Unit}");
            }
        };
        listener.Start();
        using var metrics = new RaftMetrics(Server(0), new ManualClock(), meter);

        Assert.Equal(inCode.Order(), Rows("raft.").Select(r => $"{r[0]} {r[2]}").Order());
    }

    [Fact]
    public void The_document_lists_every_event_with_its_fields()
    {
        var inCode = new List<string>();
        var log = new RaftEventLog(Server(0), new ManualClock(), e =>
        {
            using var json = JsonDocument.Parse(e.ToJsonLine());
            Assert.Equal(e.Name, json.RootElement.GetProperty("event").GetString());
            inCode.Add($"{e.Name} {string.Join(", ", e.Fields.Select(f => f.Key))}");
        }, RaftEventLevel.Debug);
        foreach (var method in typeof(IRaftObserver).GetMethods())
        {
            method.Invoke(log, [.. method.GetParameters().Select(Argument)]);
        }

        Assert.Equal(typeof(IRaftObserver).GetMethods().Length, inCode.Count);
        Assert.Equal(inCode.Order(), Rows("").Where(r => char.IsUpper(r[0][0]) && !r[0].StartsWith("Raft/", StringComparison.Ordinal)).Select(r => $"{r[0]} {r[2]}").Order());
    }

    [Fact]
    public void The_document_lists_every_field_of_the_status_document()
    {
        var follower = new FollowerStatus(Server(1), ReplicationMode.Probe, default, default, 0, default);
        var status = new NodeUnderTest().Node.GetStatus() with { Followers = [follower] };
        using var json = JsonDocument.Parse(NodeStatusDocument.ToJson(status));
        var document = File.ReadAllText(Document());
        Assert.All(Names(json.RootElement), name => Assert.Contains($"`{name}`", document, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Names(field.Value).Prepend(field.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    private static object? Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var t when t == typeof(LogEntry) => Entry(1, 1),
        var t when t == typeof(SnapshotMetadata) => Snapshot,
        var t when t == typeof(ClusterConfiguration) => Snapshot.Configuration,
        var t when t == typeof(RecoveredState) => new RecoveredState(new(1), null, Snapshot, new(5), new(2), [], Snapshot.Configuration),
        var t => Activator.CreateInstance(t),
    };

    private static IEnumerable<string[]> Rows(string prefix) =>
        from line in File.ReadAllLines(Document())
        where line.StartsWith("| `" + prefix, StringComparison.Ordinal)
        select line.Replace("`", "", StringComparison.Ordinal).Split('|')[1..].Select(cell => cell.Trim()).ToArray();

    private static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "OBSERVABILITY.md")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "docs", "OBSERVABILITY.md");
    }
}
