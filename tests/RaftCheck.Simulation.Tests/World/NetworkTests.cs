using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.World;

public sealed class NetworkTests
{
    [Fact]
    public void A_still_network_loses_nothing_and_takes_its_latency_each_way()
    {
        var result = Ping(Given.ExactNetwork);
        Assert.Equal((0, 0, 0), (result.Statistics.MessagesLost, result.Statistics.MessagesDuplicated, result.Statistics.MessagesDelayed));
        Assert.Empty(result.Events(EchoSystem.Unanswered));
        Assert.All(RoundTripsMs(result), roundTrip => Assert.Equal(2, roundTrip));
    }

    [Fact]
    public void Messages_are_lost_at_the_rate_of_the_scenario_and_a_call_whose_message_was_lost_is_unanswered()
    {
        var result = Ping(Given.ExactNetwork with { LossPerMille = 200 });
        var calls = result.Events("send").Count;
        Assert.InRange(result.Statistics.MessagesLost / (double)result.Statistics.Messages, 0.17, 0.23);
        Assert.InRange(result.Events(EchoSystem.Unanswered).Count / (double)calls, 0.32, 0.40); // 1 - 0.8 * 0.8
        Assert.All(RoundTripsMs(result, EchoSystem.Unanswered), waited => Assert.Equal(20, waited));
    }

    [Fact]
    public void Requests_are_duplicated_at_the_rate_of_the_scenario_and_both_copies_are_handled()
    {
        var result = Ping(Given.ExactNetwork with { DuplicatePerMille = 250 });
        var sent = result.Events("send").Count;
        Assert.InRange(result.Statistics.MessagesDuplicated / (double)sent, 0.2, 0.3);
        Assert.Equal(2, result.Events("receive").GroupBy(e => e.Detail).Max(copies => copies.Count()));
        Assert.All(result.Events(EchoSystem.Answered).GroupBy(e => e.Detail), answers => Assert.Single(answers));
    }

    [Fact]
    public void Messages_overtake_each_other_within_the_range_of_latencies_and_never_leave_it()
    {
        var result = Ping(Given.ExactNetwork with { LatencyMinMs = 3, LatencyMaxMs = 12, CallTimeoutMs = 60 });
        Assert.Equal(Enumerable.Range(3, 10).Select(ms => (double)ms), LatenciesMs(result).Distinct().Order());
        var oneWay = result.Events("receive").Where(e => (e.Peer, e.Server) == (0, 1)).Select(e => int.Parse(e.Detail.Split('#')[1])).ToList();
        Assert.NotEqual(oneWay.Order(), oneWay);
    }

    [Fact]
    public void Stragglers_are_counted_and_late_by_no_more_than_the_scenario_says()
    {
        var result = Ping(Given.ExactNetwork with { StragglerPerMille = 100, StragglerMs = 7 });
        Assert.InRange(result.Statistics.MessagesDelayed / (double)result.Statistics.Messages, 0.08, 0.12);
        Assert.Equal(Enumerable.Range(1, 1 + 7).Select(ms => (double)ms), LatenciesMs(result).Distinct().Order());
    }

    [Fact]
    public void A_caller_gives_up_at_its_time_limit_on_a_server_that_does_not_answer()
    {
        var hanging = new ToySystem
        {
            OnRequest = (_, _, _) => new TaskCompletionSource<object>().Task,
            OnStart = server =>
            {
                if (server.Number == 0)
                {
                    server.Host.Start("call", async () =>
                    {
                        await server.Sleep(10);
                        server.Note("gave up", await server.Call(1, "anyone?"));
                    });
                }

                return Task.CompletedTask;
            },
        };
        var result = Run.Once(hanging, Given.Scenario(2).Until(500));
        Assert.Equal(30, Assert.Single(result.Events("gave up")).AtMs);
    }

    [Fact]
    public void A_reply_that_comes_after_the_time_limit_is_no_reply()
    {
        var slow = new ToySystem
        {
            OnRequest = async (server, _, request) =>
            {
                await server.Sleep(25);
                return request;
            },
            OnStart = server =>
            {
                server.Host.Start("call", async () =>
                {
                    await server.Sleep(10);
                    server.Note(await server.Call(1 - server.Number, "late") is null ? "none" : "late reply");
                });
                return Task.CompletedTask;
            },
        };
        var result = Run.Once(slow, Given.Scenario(2).Until(500));
        Assert.Equal(2, result.Events("none").Count);
    }

    private static RunResult Ping(NetworkConditions network)
    {
        var result = Run.Once(EchoSystem.Create(), (Given.Scenario() with { Network = network }).Until(3_000));
        Assert.True(result.Statistics.Messages > 3_000, "The run did no real work.");
        return result;
    }

    private static IEnumerable<double> LatenciesMs(RunResult result)
    {
        var sent = result.Events("send").ToDictionary(e => e.Detail);
        return result.Events("receive").Select(e => e.AtMs - sent[e.Detail].AtMs);
    }

    private static IEnumerable<double> RoundTripsMs(RunResult result, string outcome = EchoSystem.Answered)
    {
        var sent = result.Events("send").ToDictionary(e => e.Detail);
        return result.Events(outcome).Select(e => e.AtMs - sent[e.Detail].AtMs);
    }
}
