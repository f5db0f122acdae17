using RaftCheck.Linearizability;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;
using RaftCheck.Simulation.Tests.Toys;
using RaftCheck.Simulation.World;
using Verdict = RaftCheck.Simulation.Results.Verdict;

namespace RaftCheck.Simulation.Tests.World;

/// <summary>Every run ends in exactly one verdict, and what is wrong with a system ends in the right one.</summary>
public sealed class VerdictTests
{
    public static TheoryData<string> Both => Run.BothSchedulers;

    [Theory, MemberData(nameof(Both))]
    public void A_system_that_does_as_it_should_passes(string scheduler)
    {
        var result = Run.Once(EchoSystem.Create(), Given.Scenario().Until(50), scheduler: scheduler);
        Assert.Equal((Verdict.Pass, null, null), (result.Verdict, result.Violation, result.Reason));
        Assert.Equal(52, result.Statistics.VirtualMs); // The operation's 50 ms, and there, and back.
    }

    [Theory, MemberData(nameof(Both))]
    public void An_exception_that_escapes_an_activity_is_a_violation_that_names_the_activity(string scheduler)
    {
        var system = Starting("count", async server =>
        {
            await server.Sleep(7);
            throw new InvalidOperationException("seven");
        });
        AssertViolation(Run.Once(system, Given.Scenario(1).Until(50), scheduler: scheduler), WorldProperties.NoUnhandledException, 7, "\"count\"", "n0", "InvalidOperationException: seven");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_exception_before_the_first_await_of_an_activity_is_a_violation_too(string scheduler) =>
        AssertViolation(Run.Once(Starting("at once", _ => throw new NotSupportedException("no")), Given.Scenario(1).Until(50), scheduler: scheduler), WorldProperties.NoUnhandledException, 0, "\"at once\"", "NotSupportedException: no");

    [Theory, MemberData(nameof(Both))]
    public void An_exception_in_a_handler_is_a_violation(string scheduler)
    {
        var system = new ToySystem { OnClient = (_, _) => throw new InvalidOperationException("no client") };
        AssertViolation(Run.Once(system, Given.Scenario(1).Until(50), scheduler: scheduler), WorldProperties.NoUnhandledException, 51, "client request", "no client");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_exception_at_the_start_of_a_server_is_a_violation(string scheduler)
    {
        var system = new ToySystem { OnStart = _ => throw new InvalidDataException("bad log") };
        AssertViolation(Run.Once(system, Given.Scenario(1).Until(50), scheduler: scheduler), WorldProperties.NoUnhandledException, 0, "boot", "bad log");
    }

    [Theory, MemberData(nameof(Both))]
    public void What_the_oracle_reports_ends_the_run_at_once_and_only_the_first_counts(string scheduler)
    {
        var system = Starting("break", async server =>
        {
            await server.Sleep(5);
            server.Recorder.Violate("Toy Property", "first");
            server.Recorder.Violate("Toy Property", "second");
            server.Note("after");
            await server.Sleep(5);
            server.Note("much later");
        });
        var result = Run.Once(system, Given.Scenario(1).Until(50), scheduler: scheduler);
        AssertViolation(result, "Toy Property", 5, "first");
        Assert.Equal(result.Trace.Count, result.Violation!.TraceIndex);
        Assert.Equal(("VIOLATION", 5_000), (result.Trace[^1].Name, result.Trace[^1].TimeUs));
        Assert.Equal(5, result.Statistics.VirtualMs);
    }

    [Theory, MemberData(nameof(Both))]
    public void A_history_that_is_not_linearizable_is_a_violation(string scheduler)
    {
        var forgetful = new ToySystem { OnClient = (_, _) => Task.FromResult(new ClientReply(ClientOutcome.Ok)) };
        var result = Run.Once(forgetful, Given.Scenario(1).With(Given.Client(Given.Put("v"), Given.Get(), Given.Put("w"), Given.Get())), scheduler: scheduler);
        AssertViolation(result, WorldProperties.Linearizability, 4, "Key \"k\"", "get");
        // At the very reply: what the client had still to do, it did not.
        Assert.Equal(4, result.History.Count);
        Assert.Equal("VIOLATION", result.Trace[^1].Name);
    }

    [Theory, MemberData(nameof(Both))]
    public void A_history_that_its_own_log_contradicts_is_a_violation(string scheduler)
    {
        var index = 9;
        var liar = new ToySystem { OnClient = (_, _) => Task.FromResult(new ClientReply(ClientOutcome.Ok, "") { Log = new LogPosition(1, index--) }) };
        var result = Run.Once(liar, Given.Scenario(1).With(Given.Client(Given.Put("v"), Given.Put("w"))), scheduler: scheduler);
        AssertViolation(result, WorldProperties.LogOrder, 4, "it had returned before the other was called", "index 9");
    }

    [Theory, MemberData(nameof(Both))]
    public void The_run_ends_at_its_duration_although_a_client_waits(string scheduler)
    {
        var system = new ToySystem { OnClient = (_, _) => new TaskCompletionSource<ClientReply>().Task };
        var result = Run.Once(system, Given.Scenario(1, durationMs: 400).Until(10), scheduler: scheduler);
        Assert.Equal(Verdict.Pass, result.Verdict);
        Assert.InRange(result.Statistics.VirtualMs, 200, 400);
        Assert.Single(result.History);
    }

    [Fact]
    public void A_livelock_is_undecided()
    {
        var system = Starting("spin", async _ =>
        {
            while (true)
            {
                await Task.Yield();
            }
        });
        var result = Run.Once(system, Given.Scenario(1).Until(50));
        Assert.Equal(Verdict.Undecided, result.Verdict);
        Assert.Contains("livelock", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_that_cannot_be_run_is_refused_with_the_reason() => AssertRefused("cooperative");

    [Fact]
    public void Coyote_too_refuses_a_scenario_that_cannot_be_run_with_an_argument_exception() => AssertRefused("coyote");

    private static void AssertRefused(string scheduler)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Run.Once(new ToySystem(), Given.Scenario(servers: 10), scheduler: scheduler));
        Assert.Contains("servers is 10", refusal.Message, StringComparison.Ordinal);
    }

    private static ToySystem Starting(string name, Func<ToyServer, Task> activity) => new()
    {
        OnStart = server =>
        {
            server.Host.Start(name, () => activity(server));
            return Task.CompletedTask;
        },
    };

    private static void AssertViolation(RunResult result, string property, int atMs, params string[] parts)
    {
        Assert.Equal(Verdict.Violation, result.Verdict);
        Assert.Null(result.Reason);
        Assert.Equal((property, atMs * 1000L), (result.Violation!.Property, result.Violation.TimeUs));
        Assert.All(parts, part => Assert.Contains(part, result.Violation.Message, StringComparison.Ordinal));
    }
}
