using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.Tests.Toys;

/// <summary>A system with one more property: what its servers do under one name, in order, must not come to what the judge objects to.</summary>
public sealed class WatchedSystem(ISystemUnderTest inner, string watched, Func<IReadOnlyList<int>, string?> judge) : ISystemUnderTest
{
    public const string Property = "Watched";

    public string Name => inner.Name;

    public string Model => inner.Model;

    public IReadOnlyList<string> Properties => [.. inner.Properties, Property];

    public bool HasSessions => inner.HasSessions;

    public IReadOnlyList<string> Features => inner.Features;

    public ISystemRun Begin(Scenario scenario, IRunRecorder recorder) => inner.Begin(scenario, new Recorder(recorder, watched, judge));

    private sealed class Recorder(IRunRecorder inner, string watched, Func<IReadOnlyList<int>, string?> judge) : IRunRecorder
    {
        private readonly List<int> seen = [];

        public void Trace(int server, string name, int peer = -1, object? detail = null)
        {
            inner.Trace(server, name, peer, detail);
            if (name == watched)
            {
                seen.Add(server);
                if (judge(seen) is { } objection)
                {
                    inner.Violate(Property, objection);
                }
            }
        }

        public void Violate(string property, string message) => inner.Violate(property, message);

        public void Count(int feature) => inner.Count(feature);

        public void CountElection() => inner.CountElection();

        public void ConfigurationChanged() => inner.ConfigurationChanged();

        public void CountCommits(long entries) => inner.CountCommits(entries);
    }
}
