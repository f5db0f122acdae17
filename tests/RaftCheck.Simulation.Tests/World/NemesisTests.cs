using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.World;

/// <summary>
/// Each kind of fault does what it says, to whom it says, from its beginning to its end, and nothing else. Seen in the
/// trace of servers that all call each other all the time.
/// </summary>
public sealed class NemesisTests
{
    private const int BeginMs = 100;
    private const int EndMs = 300;

    public static TheoryData<string> Both => Run.BothSchedulers;

    [Theory, MemberData(nameof(Both))]
    public void A_crash_silences_the_server_until_its_restart(string scheduler)
    {
        var result = Ping(scheduler, new Fault(BeginMs, 200, FaultKind.Crash, 1));
        AssertWays(result, (from, to) => from != 1 && to != 1);
        Assert.Equal((BeginMs, 1), Only(result, "crash"));
        Assert.Equal((EndMs, 1), Only(result, "restart"));
        Assert.Equal(1, result.Statistics.Crashes);
        Assert.DoesNotContain(result.Trace, e => e.Server == 1 && e.TimeUs is > BeginMs * 1000 and < EndMs * 1000 && e.Name != "lost");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_crash_of_all_silences_everyone_and_all_come_back(string scheduler)
    {
        var result = Ping(scheduler, new Fault(BeginMs, 200, FaultKind.CrashAll));
        AssertWays(result, (_, _) => false);
        Assert.Equal(4, result.Statistics.Crashes);
        Assert.Equal([0, 1, 2, 3], result.Events("restart").Select(e => e.Server));
    }

    [Theory, MemberData(nameof(Both))]
    public void An_isolated_server_neither_sends_nor_receives(string scheduler) =>
        AssertWays(Ping(scheduler, new Fault(BeginMs, 200, FaultKind.Isolate, 2)), (from, to) => from != 2 && to != 2);

    [Theory, MemberData(nameof(Both))]
    public void A_partition_cuts_only_between_its_two_groups(string scheduler) =>
        AssertWays(Ping(scheduler, new Fault(BeginMs, 200, FaultKind.Partition, Group: 0b0101)), (from, to) => from % 2 == to % 2);

    [Theory, MemberData(nameof(Both))]
    public void Muting_what_a_server_sends_leaves_what_it_receives(string scheduler)
    {
        var result = Ping(scheduler, new Fault(BeginMs, 200, FaultKind.MuteOutbound, 0));
        AssertWays(result, (from, _) => from != 0);
        AssertNoAnswersDuring(result, (caller, callee) => caller == 0 || callee == 0);
    }

    [Theory, MemberData(nameof(Both))]
    public void Muting_what_a_server_receives_leaves_what_it_sends(string scheduler)
    {
        var result = Ping(scheduler, new Fault(BeginMs, 200, FaultKind.MuteInbound, 0));
        AssertWays(result, (_, to) => to != 0);
        AssertNoAnswersDuring(result, (caller, callee) => caller == 0 || callee == 0);
    }

    [Theory, MemberData(nameof(Both))]
    public void A_loss_burst_loses_half_of_all_messages_and_then_none(string scheduler)
    {
        var result = Ping(scheduler, new Fault(BeginMs, 200, FaultKind.LossBurst));
        var during = (double)result.Events("send").Concat(result.Events("reply")).Count(e => e.AtMs is >= BeginMs and < EndMs);
        var lost = result.Events("lost");
        Assert.InRange(lost.Count / during, 0.42, 0.58);
        Assert.All(lost, e => Assert.InRange(e.AtMs, BeginMs, EndMs));
    }

    [Fact]
    public void A_fault_of_the_leader_happens_to_the_one_who_leads_and_to_server_0_if_nobody_does()
    {
        var fault = new Fault(BeginMs, 200, FaultKind.Crash, Fault.LeaderTarget);
        Assert.Equal(3, Only(Run.Once(EchoSystem.Create(leader: 3), Scenario(fault)), "crash").Server);
        Assert.Equal(0, Only(Run.Once(EchoSystem.Create(leader: null), Scenario(fault)), "crash").Server);
    }

    [Theory]
    [InlineData(FaultTrigger.Election)]
    [InlineData(FaultTrigger.Commit)]
    [InlineData(FaultTrigger.ConfigurationChange)]
    public void A_fault_with_a_trigger_begins_when_that_has_happened_since_its_time_and_once(FaultTrigger trigger)
    {
        var fault = new Fault(BeginMs, 50, FaultKind.Isolate, 1) { After = trigger, LagMs = 7 };
        var toy = new ToySystem { OnStart = server => HappensAsync(trigger, server) };
        var result = Run.Once(toy, Scenario(fault) with { Servers = 2 });
        Assert.Equal(157, (int)Assert.Single(result.Events("fault begins")).AtMs);
        Assert.Equal(207, (int)Assert.Single(result.Events("fault ends")).AtMs);
    }

    [Fact]
    public void A_fault_whose_trigger_does_not_come_begins_all_the_same()
    {
        var fault = new Fault(BeginMs, 50, FaultKind.Isolate, 1) { After = FaultTrigger.Election };
        var result = Run.Once(new ToySystem(), Scenario(fault));
        Assert.Equal(BeginMs + Fault.LongestWaitMs, (int)Assert.Single(result.Events("fault begins")).AtMs);
    }

    [Fact]
    public void Overlapping_crashes_are_one_crash_that_ends_with_the_last()
    {
        var result = Ping("cooperative", new Fault(BeginMs, 100, FaultKind.Crash, 1), new Fault(150, 150, FaultKind.CrashAll), new Fault(160, 20, FaultKind.Crash, 1));
        Assert.Equal([(100.0, 1), (150, 0), (150, 2), (150, 3)], result.Events("crash").Select(e => (e.AtMs, e.Server)));
        Assert.All(result.Events("restart"), e => Assert.Equal(EndMs, e.AtMs));
        Assert.Equal(4, result.Events("restart").Count);
        Assert.Equal(4, result.Statistics.Crashes);
    }

    [Fact]
    public void Overlapping_cuts_end_one_by_one()
    {
        var result = Ping("cooperative", new Fault(BeginMs, 200, FaultKind.MuteOutbound, 1), new Fault(120, 60, FaultKind.Isolate, 1), new Fault(130, 20, FaultKind.Partition, Group: 0b0010));
        AssertWays(result, (from, to) => from != 1 && to != 1, 130, 150);
        AssertWays(result, (from, to) => from != 1 && to != 1, 150, 180);
        AssertWays(result, (from, _) => from != 1, 180, EndMs);
    }

    [Fact]
    public void Overlapping_loss_bursts_end_with_the_last()
    {
        var result = Ping("cooperative", new Fault(BeginMs, 50, FaultKind.LossBurst), new Fault(120, 180, FaultKind.LossBurst));
        Assert.Contains(result.Events("lost"), e => e.AtMs > 250);
        Assert.All(result.Events("lost"), e => Assert.InRange(e.AtMs, BeginMs, EndMs));
    }

    [Fact]
    public void A_message_that_is_under_way_when_the_way_is_cut_is_lost()
    {
        var scenario = Scenario(new Fault(BeginMs + 1, 200, FaultKind.Isolate, 1));
        var result = Run.Once(EchoSystem.Create(), scenario with { Network = Given.ExactNetwork with { LatencyMinMs = 4, LatencyMaxMs = 4 } });
        Assert.Contains(result.Events("send"), e => e is { AtMs: BeginMs, Server: 0, Peer: 1 });
        Assert.Contains(result.Events("lost"), e => e is { AtMs: BeginMs + 4, Server: 1, Peer: 0 });
        Assert.DoesNotContain(result.Events("receive"), e => e.AtMs is > BeginMs and < EndMs && (e.Server == 1 || e.Peer == 1));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_client_is_never_cut_off(string scheduler)
    {
        var scenario = Given.Scenario(1).With(Given.Client(Given.Get(150))).With(new Fault(BeginMs, 200, FaultKind.Isolate, 0));
        var result = Run.Once(new ToySystem(), scenario, scheduler: scheduler);
        Assert.Equal(1, result.Statistics.OperationsOk);
        Assert.Equal(150, Assert.Single(result.Events("request")).AtMs - 1);
    }

    [Fact]
    public void Every_kind_is_counted_once_for_each_time_it_is_applied()
    {
        var kinds = Enum.GetValues<FaultKind>();
        var result = Ping("cooperative", [.. kinds.Select((kind, i) => new Fault(BeginMs + i, 50, kind, 1, 1)), new Fault(BeginMs, 10, FaultKind.Partition, 0, 1)]);
        Assert.Equal(kinds.Select(kind => kind == FaultKind.Partition ? 2 : 1), result.Statistics.FaultsApplied);
        Assert.Equal(kinds.Length + 1, result.Events("fault begins").Count);
        Assert.Equal(kinds.Length + 1, result.Events("fault ends").Count);
    }

    [Fact]
    public void Commits_count_as_under_faults_only_while_a_fault_is_in_force()
    {
        var committing = new ToySystem
        {
            OnClient = (server, _) =>
            {
                server.Recorder.CountCommits(1);
                return Task.FromResult(new ClientReply(ClientOutcome.Ok));
            },
        };
        var clients = Given.Client(Given.Get(50), Given.Get(100), Given.Get(20), Given.Get(200));
        var result = Run.Once(committing, Given.Scenario(1).With(clients).With(new Fault(BeginMs, 200, FaultKind.LossBurst)));
        Assert.Equal((4, 2), (result.Statistics.Commits, result.Statistics.CommitsUnderFaults));
    }

    [Fact]
    public void Nothing_that_a_crashed_process_awaited_resumes()
    {
        var resumed = new ToySystem
        {
            OnStart = server =>
            {
                server.Host.Start("sleep over the crash", async () =>
                {
                    var bornMs = server.Host.Now.TotalMilliseconds;
                    await server.Sleep(150);
                    server.Note("woke", bornMs);
                });
                return Task.CompletedTask;
            },
        };
        var result = Run.Once(resumed, Given.Scenario(1).Until(1_000).With(new Fault(BeginMs, 20, FaultKind.Crash)));
        Assert.Equal((270.0, "120"), (Assert.Single(result.Events("woke")).AtMs, result.Events("woke")[0].Detail));
    }

    /// <summary>What the fault waits for happens before it waits, while it does, and after it has begun.</summary>
    private static Task HappensAsync(FaultTrigger trigger, ToyServer server)
    {
        foreach (var atMs in server.Number == 0 ? [80, 150, 400] : Array.Empty<int>())
        {
            server.Host.Start("happen", async () =>
            {
                await server.Sleep(atMs);
                Happen(trigger, server.Recorder);
            });
        }

        return Task.CompletedTask;
    }

    private static void Happen(FaultTrigger trigger, IRunRecorder recorder)
    {
        switch (trigger)
        {
            case FaultTrigger.Election:
                recorder.CountElection();
                break;
            case FaultTrigger.Commit:
                recorder.CountCommits(1);
                break;
            default:
                recorder.ConfigurationChanged();
                break;
        }
    }

    private static Scenario Scenario(params Fault[] faults) => Given.Scenario(servers: 4).Until(500).With(faults);

    private static RunResult Ping(string scheduler, params Fault[] faults)
    {
        var result = Run.Once(EchoSystem.Create(), Scenario(faults), scheduler: scheduler);
        Assert.Equal(Verdict.Pass, result.Verdict);
        AssertWays(result, (_, _) => true, 10, BeginMs);
        AssertWays(result, (_, _) => true, EndMs + 5, 500);
        return result;
    }

    /// <summary>From begin to end, exactly these ways are open: on an open way requests arrive, on others none does.</summary>
    private static void AssertWays(RunResult result, Func<int, int, bool> isOpen, double beginMs = BeginMs, double endMs = EndMs)
    {
        var arrived = result.Events("receive").Where(e => e.AtMs > beginMs && e.AtMs < endMs).Select(e => (e.Peer, e.Server)).ToHashSet();
        for (var from = 0; from < 4; from++)
        {
            for (var to = 0; to < 4; to++)
            {
                Assert.True(from == to || arrived.Contains((from, to)) == isOpen(from, to), $"{from} to {to} between {beginMs} and {endMs} ms: open is {arrived.Contains((from, to))}.");
            }
        }
    }

    private static void AssertNoAnswersDuring(RunResult result, Func<int, int, bool> isUnanswered)
    {
        var answers = result.Events("answer").Where(e => e.AtMs is > BeginMs + 2 and < EndMs).ToList();
        Assert.NotEmpty(answers);
        Assert.DoesNotContain(answers, e => isUnanswered(e.Server, e.Peer));
    }

    private static (int AtMs, int Server) Only(RunResult result, string name)
    {
        var only = Assert.Single(result.Events(name));
        return ((int)only.AtMs, only.Server);
    }
}
