using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace RaftCheck.Linearizability.Benchmarks;

/// <summary>The rows of the table that end within a second, for BenchmarkDotNet: times with their spread, and allocations.</summary>
[MemoryDiagnoser]
[Config(typeof(InThisProcess))]
public class CheckerBenchmarks
{
    private IReadOnlyList<(History History, Model Model)> _histories = [];

    /// <summary>The names of the rows.</summary>
    public static IEnumerable<string> Rows => Contest.All()
        .Where(static row => !row.Name.Contains("00000", StringComparison.Ordinal) && row.Load().Count > 0)
        .Select(static row => row.Name)
        .Distinct();

    /// <summary>The row.</summary>
    [ParamsSource(nameof(Rows))]
    public string Row { get; set; } = "";

    /// <summary>Makes or reads the histories.</summary>
    [GlobalSetup]
    public void Load() => _histories = Contest.All().First(row => row.Name == Row).Load();

    /// <summary>Judges them.</summary>
    [Benchmark]
    public int Check()
    {
        int linearizable = 0;
        foreach ((History history, Model model) in _histories)
        {
            if (LinearizabilityChecker.Check(history, model).Verdict == Verdict.Linearizable) linearizable++;
        }

        return linearizable;
    }

    private sealed class InThisProcess : ManualConfig
    {
        public InThisProcess()
        {
            AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
            WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(80));
        }
    }
}
