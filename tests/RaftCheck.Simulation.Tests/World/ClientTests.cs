using RaftCheck.Linearizability;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.World;

/// <summary>What a client does, and what it may say: <c>fail</c> only what surely did not happen, <c>info</c> what may have.</summary>
public sealed class ClientTests
{
    private static readonly ClientReply Ok = new(ClientOutcome.Ok);
    private static readonly ClientReply Refused = new(ClientOutcome.Refused);
    private static readonly Task<ClientReply> Never = new TaskCompletionSource<ClientReply>().Task;

    public static TheoryData<string> Both => Run.BothSchedulers;

    [Theory, MemberData(nameof(Both))]
    public void A_refused_client_asks_the_server_that_it_was_pointed_to(string scheduler)
    {
        var result = Do(server => Answer(server.Number == 2 ? Ok : Refused with { LeaderHint = 2 }), scheduler: scheduler);
        Assert.Equal([0, 2], Asked(result));
        Assert.Equal(["invoke 0", "ok 0"], History(result));
        Assert.Equal(1 + 1 + 10 + 1, result.Events("request")[1].AtMs); // There, back, the retry delay, there.
    }

    [Fact]
    public void A_refused_client_without_a_hint_asks_another_server()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var result = Do(server => Answer(server.Number == 0 ? Refused : Ok), seed: seed);
            Assert.Equal(0, Asked(result)[0]);
            Assert.NotEqual(0, Asked(result)[1]);
            Assert.Equal(["invoke 0", "ok 0"], History(result));
        }
    }

    [Fact]
    public void A_hint_that_points_to_the_server_itself_is_not_followed()
    {
        var result = Do(server => Answer(server.Number == 0 ? Refused with { LeaderHint = 0 } : Ok));
        Assert.NotEqual(0, Asked(result)[1]);
    }

    [Theory, MemberData(nameof(Both))]
    public void A_client_without_an_answer_asks_another_server_and_its_command_stays_the_same(string scheduler)
    {
        var result = Do(server => server.Number == 0 ? Never : Answer(Ok), scheduler: scheduler);
        Assert.Equal(2, Asked(result).Count);
        Assert.NotEqual(0, Asked(result)[1]);
        Assert.Equal(100 + 1, result.Events("request")[1].AtMs); // The attempt's time limit, and there.
        Assert.Equal(new ClientRequest(0, 1, "put", "k", "v1", ""), Assert.Single(Requests(result).Distinct()));
    }

    [Fact]
    public void The_next_command_of_a_session_has_the_next_number()
    {
        var result = Do(_ => Answer(Ok), Given.Put("v1"), Given.Put("v2"));
        Assert.Equal([(0L, 1L, "v1"), (0L, 2L, "v2")], Requests(result).Select(r => (r.Session, r.Sequence, r.Value)));
    }

    [Theory, MemberData(nameof(Both))]
    public void Without_any_answer_the_operation_is_info_and_a_new_process_with_a_new_session_goes_on(string scheduler)
    {
        var result = Run.Once(
            new ToySystem { OnClient = (_, request) => request.Value == "v1" ? Never : Answer(Ok) },
            Scenario(Given.Put("v1"), Given.Put("v2")).With(Given.Client(Given.Put("v1"), Given.Put("v2")), Given.Client()),
            scheduler: scheduler);
        Assert.Equal(["invoke 0", "info 0 timeout", "invoke 2", "ok 2"], History(result)); // Two clients: the next free process is 2.
        Assert.Equal(1_000_000_000, result.History[1].TimeNs);
        Assert.Equal((2, 1), (Requests(result)[^1].Session, Requests(result)[^1].Sequence));
        Assert.Equal((1, 0, 1), Counted(result));
    }

    [Theory, MemberData(nameof(Both))]
    public void Only_if_every_attempt_was_refused_the_operation_fails(string scheduler)
    {
        var result = Do(_ => Answer(Refused), scheduler: scheduler);
        Assert.Equal(["invoke 0", "fail 0 not-leader"], History(result));
        Assert.True(Asked(result).Count > 20, "It asked again and again.");
        Assert.Equal((0, 1, 0), Counted(result));
    }

    [Fact]
    public void One_attempt_without_an_answer_among_refusals_makes_it_info()
    {
        var unanswered = 1;
        var result = Do(_ => unanswered-- == 1 ? Never : Answer(Refused));
        Assert.Equal(["invoke 0", "info 0 timeout"], History(result));
    }

    [Fact]
    public void One_attempt_of_unknown_outcome_among_refusals_makes_it_info()
    {
        var unknown = 1;
        var result = Do(_ => Answer(unknown-- == 1 ? new ClientReply(ClientOutcome.Unknown) : Refused));
        Assert.Equal(["invoke 0", "info 0 timeout"], History(result));
    }

    [Fact]
    public void A_refusal_that_the_network_loses_makes_it_info()
    {
        var isInfo = Enumerable.Range(0, 10).Select(seed => Run.Once(
            new ToySystem { OnClient = (_, _) => Answer(Refused) },
            Scenario(Given.Put("v1")) with { Seed = seed, Network = Given.ExactNetwork with { LossPerMille = 300 } })).ToList();
        Assert.All(isInfo, result => Assert.Equal(["invoke 0", "info 0 timeout"], History(result)));
    }

    [Fact]
    public void When_every_message_is_lost_no_server_is_reached_and_the_operation_is_info()
    {
        var result = Run.Once(new ToySystem(), Scenario(Given.Put("v1")) with { Network = Given.ExactNetwork with { LossPerMille = 1_000 } });
        Assert.Empty(Requests(result));
        Assert.Equal(["invoke 0", "info 0 timeout"], History(result));
    }

    [Fact]
    public void A_mismatch_is_a_failure_that_says_so()
    {
        var result = Do(_ => Answer(new ClientReply(ClientOutcome.Mismatch)), new OperationPlan(0, "cas", "k", "new", "old"));
        Assert.Equal(["invoke 0", "fail 0 mismatch"], History(result));
        Assert.Equal(Value.List(Value.Of("old"), Value.Of("new")), result.History[0].Value);
    }

    [Fact]
    public void An_answer_to_an_operation_that_is_over_is_not_heard()
    {
        var late = new ToySystem
        {
            OnClient = async (server, request) =>
            {
                await server.Sleep(request.Value == "v1" ? 1_050 : 200);
                return Ok;
            },
        };
        var scenario = Scenario(Given.Put("v1"), Given.Put("v2")) with { ClientPolicy = new ClientPolicy(5_000, 1_000, 10) };
        var result = Run.Once(late, scenario);
        Assert.Equal(["invoke 0", "info 0 timeout", "invoke 1", "ok 1"], History(result));
        Assert.Equal(1_202_000_000, result.History[3].TimeNs);
    }

    [Fact]
    public void A_duplicated_request_arrives_twice_and_is_answered_once()
    {
        var result = Run.Once(new ToySystem(), Scenario(Given.Put("v1")).With(Given.Client(Given.Put("v1"), Given.Put("v2", 50))) with { Network = Given.ExactNetwork with { DuplicatePerMille = 1_000 } });
        Assert.Equal(["v1", "v1", "v2", "v2"], Requests(result).Select(r => r.Value));
        Assert.Equal(["invoke 0", "ok 0", "invoke 0", "ok 0"], History(result));
    }

    [Fact]
    public void A_request_to_a_server_that_is_down_goes_nowhere_and_another_server_is_asked()
    {
        var result = Run.Once(new ToySystem(), Scenario(Given.Put("v1", 10)).With(new Fault(5, 50, FaultKind.Crash, 0)));
        Assert.NotEqual(0, Assert.Single(Asked(result)));
        Assert.Equal(["invoke 0", "ok 0"], History(result));
    }

    private static RunResult Do(Func<ToyServer, Task<ClientReply>> answer, string scheduler = "cooperative", int seed = 1) =>
        Run.Once(new ToySystem { OnClient = (server, _) => answer(server) }, Scenario(Given.Put("v1")) with { Seed = seed }, scheduler: scheduler);

    private static RunResult Do(Func<ToyServer, Task<ClientReply>> answer, params OperationPlan[] operations) =>
        Run.Once(new ToySystem { OnClient = (server, _) => answer(server) }, Scenario(operations));

    private static Scenario Scenario(params OperationPlan[] operations) => Given.Scenario().With(Given.Client(operations));

    private static Task<ClientReply> Answer(ClientReply reply) => Task.FromResult(reply);

    private static List<int> Asked(RunResult result) => [.. result.Events("request").Select(e => e.Server)];

    private static List<ClientRequest> Requests(RunResult result) => [.. result.Trace.Where(e => e.Name == "request").Select(e => (ClientRequest)e.Detail!)];

    private static IEnumerable<string> History(RunResult result) =>
        result.History.Select(e => $"{e.Type.ToString().ToLowerInvariant()} {e.Process} {e.Error}".TrimEnd());

    private static (int Ok, int Failed, int Info) Counted(RunResult result) =>
        (result.Statistics.OperationsOk, result.Statistics.OperationsFailed, result.Statistics.OperationsInfo);
}
