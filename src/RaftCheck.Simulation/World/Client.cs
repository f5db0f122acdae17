using RaftCheck.Linearizability;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.World;

/// <summary>
/// A client: does its operations one after another, asks another server when it gets no answer or is refused, and leaves
/// an operation as indeterminate when its time is over. Written as events, not as an activity, so that clients cost the
/// scheduler no steps.
/// </summary>
internal sealed class Client
{
    private readonly VirtualWorld world;
    private readonly IReadOnlyList<OperationPlan> plan;
    private readonly Prng random;
    private int next;
    private int target;

    /// <summary>As with Jepsen, a process that left an operation indeterminate is over, and a new one takes its place.</summary>
    private long process;

    private long sequence;

    /// <summary>The session that the system has opened for this process; 0 for none yet.</summary>
    private long session;

    private ClientRequest? request;

    /// <summary>The number of the latest attempt: its time limit concerns no other.</summary>
    private long attempt;

    /// <summary>How many copies of the request may be about, without a word that they did nothing.</summary>
    private int outstanding;

    public Client(VirtualWorld world, int number, ClientPlan plan)
    {
        this.world = world;
        this.plan = plan.Operations;
        process = number;
        random = world.NewRandom(VirtualWorld.Stream.Client, number);
        target = number % world.Scenario.Servers;
    }

    public bool IsDone => request is null && next == plan.Count;

    public void Begin() => ScheduleNext();

    private void ScheduleNext()
    {
        if (next < plan.Count)
        {
            world.After(plan[next].AfterMs * 1000L, Invoke);
        }
    }

    private void Invoke()
    {
        if (!world.HasSessions)
        {
            session = process;
        }
        else if (session == 0)
        {
            OpenSession();
            return;
        }

        var operation = plan[next++];
        request = new ClientRequest(session, ++sequence, operation.F, operation.Key, operation.Value, operation.Expected);
        outstanding = 0;
        world.Recorder.AddToHistory(EventType.Invoke, process, operation.F, operation.Key, InvokedValue(request));
        var invoked = request;
        world.After(world.Scenario.ClientPolicy.OperationTimeoutMs * 1000L, () => GiveUp(invoked));
        Attempt();
    }

    /// <summary>
    /// Asks for a session, again and again until there is one, and then does the next operation. A session is not an
    /// operation: the history knows nothing of it.
    /// </summary>
    private void OpenSession()
    {
        var number = ++attempt;
        var asked = target;
        if (!world.Network.DrawClientLoss())
        {
            world.After(world.Network.DrawLatencyUs(out _), () => world.Servers[asked].OpenSession(reply =>
            {
                if (!world.Network.DrawClientLoss())
                {
                    world.After(world.Network.DrawLatencyUs(out _), () => TakeSession(number, asked, reply));
                }
            }));
        }

        world.After(world.Scenario.ClientPolicy.AttemptTimeoutMs * 1000L, () => AskOtherForSession(number));
    }

    private void TakeSession(long number, int asked, SessionReply reply)
    {
        if (attempt != number || session != 0)
        {
            return; // An answer to an earlier attempt: that session will expire.
        }

        if (reply.Session != 0)
        {
            session = reply.Session;
            Invoke();
            return;
        }

        target = reply.LeaderHint >= 0 && reply.LeaderHint != asked ? reply.LeaderHint : OtherServer();
        var next = ++attempt;
        world.After(world.Scenario.ClientPolicy.RetryDelayMs * 1000L, () =>
        {
            if (attempt == next)
            {
                OpenSession();
            }
        });
    }

    private void AskOtherForSession(long number)
    {
        if (attempt == number && session == 0)
        {
            target = OtherServer();
            OpenSession();
        }
    }

    private void Attempt()
    {
        var sent = request!;
        var number = ++attempt;
        Send(sent);
        if (world.Network.DrawDuplicate())
        {
            world.Recorder.Statistics.MessagesDuplicated++;
            Send(sent);
        }

        world.After(world.Scenario.ClientPolicy.AttemptTimeoutMs * 1000L, () =>
        {
            if (request == sent && attempt == number)
            {
                target = OtherServer();
                Attempt();
            }
        });
    }

    private void Send(ClientRequest sent)
    {
        outstanding++;
        if (world.Network.DrawClientLoss())
        {
            world.Recorder.Statistics.MessagesLost++;
            return;
        }

        var server = world.Servers[target];
        world.After(world.Network.DrawLatencyUs(out _), () => server.Execute(sent, reply => Return(sent, server.Server, reply)));
    }

    /// <summary>A server has answered; the network takes the answer back.</summary>
    private void Return(ClientRequest sent, int server, ClientReply reply)
    {
        if (world.Network.DrawClientLoss())
        {
            world.Recorder.Statistics.MessagesLost++;
            return;
        }

        world.After(world.Network.DrawLatencyUs(out _), () => Receive(sent, server, reply));
    }

    private void Receive(ClientRequest sent, int server, ClientReply reply)
    {
        if (request != sent)
        {
            return; // An answer to an operation that is over.
        }

        switch (reply.Outcome)
        {
            case ClientOutcome.Ok:
                Complete(EventType.Ok, sent.F == "get" ? Value.Of(reply.Value) : InvokedValue(sent), log: reply.Log);
                break;
            case ClientOutcome.Mismatch:
                Complete(EventType.Fail, InvokedValue(sent), HistoryEvent.MismatchError, reply.Log);
                break;
            case ClientOutcome.SessionExpired:
                outstanding--;
                EndSession(sent);
                break;
            case ClientOutcome.Refused:
                outstanding--;
                RetryElsewhere(sent, server, reply.LeaderHint);
                break;
            default:
                RetryElsewhere(sent, server, reply.LeaderHint);
                break;
        }
    }

    private void RetryElsewhere(ClientRequest sent, int refusedBy, int leaderHint)
    {
        if (refusedBy != target)
        {
            return; // An answer to an earlier attempt; a later one is under way.
        }

        target = leaderHint >= 0 && leaderHint != refusedBy ? leaderHint : OtherServer();
        var number = ++attempt;
        world.After(world.Scenario.ClientPolicy.RetryDelayMs * 1000L, () =>
        {
            if (request == sent && attempt == number)
            {
                Attempt();
            }
        });
    }

    private void GiveUp(ClientRequest invoked)
    {
        if (request != invoked)
        {
            return;
        }

        if (outstanding == 0)
        {
            Complete(EventType.Fail, InvokedValue(invoked), "not-leader");
            return;
        }

        Complete(EventType.Info, InvokedValue(invoked), "timeout");
        BecomeNewProcess();
    }

    /// <summary>The next operation needs a new session. Whether this one took effect is known only if no other copy of it is about.</summary>
    private void EndSession(ClientRequest sent)
    {
        if (outstanding == 0)
        {
            Complete(EventType.Fail, InvokedValue(sent), "session-expired");
            session = 0;
            sequence = 0;
            return;
        }

        Complete(EventType.Info, InvokedValue(sent), "session-expired");
        BecomeNewProcess();
    }

    private void BecomeNewProcess()
    {
        process += world.ClientCount;
        sequence = 0;
        session = 0;
    }

    private void Complete(EventType type, Value value, string? error = null, LogPosition? log = null)
    {
        var statistics = world.Recorder.Statistics;
        switch (type)
        {
            case EventType.Ok:
                statistics.OperationsOk++;
                break;
            case EventType.Info:
                statistics.OperationsInfo++;
                break;
            default:
                statistics.OperationsFailed++;
                break;
        }

        world.Recorder.AddToHistory(type, process, request!.F, request.Key, value, error, log);
        request = null;
        ScheduleNext();
    }

    private int OtherServer()
    {
        var servers = world.Scenario.Servers;
        return servers == 1 ? 0 : (target + 1 + random.Next(servers - 1)) % servers;
    }

    private static Value InvokedValue(ClientRequest request) => request.F switch
    {
        "get" or "delete" => Value.Nil,
        "cas" => Value.List(Value.Of(request.Expected), Value.Of(request.Value)),
        _ => Value.Of(request.Value),
    };
}
