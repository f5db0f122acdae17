using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.World;

/// <summary>Code that leaves the world is our own error, never a pass: its schedule could not be repeated.</summary>
/// <remarks>Each toy waits until its foreign thread has done its deed, so that the tests do not depend on the machine.</remarks>
public sealed class UncontrolledTests
{
    public static TheoryData<string> Both => Run.BothSchedulers;

    [Theory, MemberData(nameof(Both))]
    public void An_activity_that_a_thread_of_its_own_resumes_is_an_error(string scheduler)
    {
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AssertError(scheduler, async _ => await woken.Task, _ => OnThread(woken.SetResult));
    }

    [Theory, MemberData(nameof(Both))]
    public void An_activity_that_awaits_the_thread_pool_is_an_error(string scheduler)
    {
        using var gate = new ManualResetEventSlim();
        using var resumed = new ManualResetEventSlim();
        Task? work = null;
        AssertError(
            scheduler,
            async _ =>
            {
                work = Task.Run(gate.Wait);
                await work;
            },
            _ =>
            {
                work!.ContinueWith(_ => resumed.Set(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                gate.Set();
                Assert.True(resumed.Wait(TimeSpan.FromSeconds(20)));
            });
    }

    [Theory, MemberData(nameof(Both))]
    public void A_thread_that_starts_an_activity_is_an_error(string scheduler) =>
        AssertError(scheduler, _ => Task.CompletedTask, server => OnThread(() => server.Host.Start("foreign", () => Task.CompletedTask)));

    [Theory, MemberData(nameof(Both))]
    public void A_thread_that_uses_the_clock_the_network_or_the_disk_is_an_error(string scheduler)
    {
        AssertError(scheduler, _ => Task.CompletedTask, server => OnThread(() => _ = server.Sleep(1)));
        AssertError(scheduler, _ => Task.CompletedTask, server => OnThread(() => _ = server.Call(0, "hello")));
        AssertError(scheduler, _ => Task.CompletedTask, server => OnThread(() => _ = server.Host.NextRandom(0, 2)));
        AssertError(scheduler, _ => Task.CompletedTask, server => OnThread(() => server.Host.Disk.Append("f", "x"u8)));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_run_after_an_error_is_not_disturbed_by_it(string scheduler)
    {
        A_thread_that_starts_an_activity_is_an_error(scheduler);
        Assert.Equal(Verdict.Pass, Run.Once(EchoSystem.Create(), Given.Scenario().Until(50), scheduler: scheduler).Verdict);
    }

    private static void AssertError(string scheduler, Func<ToyServer, Task> victim, Action<ToyServer> culprit)
    {
        var system = new ToySystem
        {
            OnStart = server =>
            {
                server.Host.Start("victim", () => victim(server));
                server.Host.Start("culprit", async () =>
                {
                    await server.Sleep(1);
                    culprit(server);
                });
                return Task.CompletedTask;
            },
        };
        var result = Run.Once(system, Given.Scenario(1).Until(50), scheduler: scheduler);
        Assert.Equal(Verdict.Error, result.Verdict);
        Assert.Null(result.Violation);
        Assert.Contains("uncontrolled operation on n0", result.Reason, StringComparison.Ordinal);
        Assert.Contains("a thread that is not the world's", result.Reason, StringComparison.Ordinal);
    }

    private static void OnThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(20)));
    }
}
