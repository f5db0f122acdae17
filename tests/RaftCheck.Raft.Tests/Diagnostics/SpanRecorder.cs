using System.Diagnostics;
using RaftCheck.Raft.Diagnostics;

namespace RaftCheck.Raft.Tests.Diagnostics;

/// <summary>Listens to the Raft's spans of one side, of the whole process: only one test at a time may make spans of that side.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ActivityListener listener;

    public SpanRecorder(ActivityKind side)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TracingTransport.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> creation) =>
                creation.Kind == side ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.Kind == side)
                {
                    Spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The spans that have ended, in that order.</summary>
    public List<Activity> Spans { get; } = [];

    public void Dispose() => listener.Dispose();
}
